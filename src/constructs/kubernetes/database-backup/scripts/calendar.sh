# shellcheck shell=sh
# due_tiers TIERS DAY: the tiers that get a copy on a day, written as `date -u +%m-%d-%u` does; the daily one last.
# The same days as Retention.dueOn: weekly on Sundays, monthly on the first, yearly on 1 January.
due_tiers() {
  for tier in yearly monthly weekly daily; do
    case " $1 " in
      *" $tier "*) ;;
      *) continue ;;
    esac
    case $tier/$2 in
      yearly/01-01-* | monthly/*-01-* | weekly/*-7 | daily/*) printf '%s\n' "$tier" ;;
    esac
  done
}
