# shellcheck shell=sh
# Uploads to S3 that are there whole or not at all; backup.sh sources it.
#
# Each request carries the SHA-256 of what it sends. S3 refuses what does not match, and answers with the checksum of
# what it stored, so that whoever uploads can verify it without a permission to read.

# put FILE KEY
put() {
  bytes=$(bytes_of "$1")
  part_mebibytes=$((32 + bytes / 1048576 / 1000)) # S3 takes 10,000 parts of 5 GiB at most
  if [ "$bytes" -gt $((part_mebibytes * 1048576)) ]; then
    put_in_parts "$1" "$2"
  else
    checksum=$(base64_of "$(sha256_of "$1")")
    attend aws s3api put-object --bucket "$BUCKET" --key "$2" --body "$1" \
      --checksum-algorithm SHA256 --checksum-sha256 "$checksum" --query ChecksumSHA256 --output text >"$work/answer"
    stored "$2" "$checksum" "$(cat "$work/answer")"
  fi
}

# put_in_parts FILE KEY: nobody sees an object before all parts are there.
put_in_parts() {
  upload_key=$2
  upload=$(aws s3api create-multipart-upload --bucket "$BUCKET" --key "$2" --checksum-algorithm SHA256 \
    --query UploadId --output text)
  part=0
  printf '{"Parts":[' >"$work/parts"
  while [ $((part * part_mebibytes * 1048576)) -lt "$bytes" ]; do
    dd if="$1" of="$work/part" bs=1048576 skip=$((part * part_mebibytes)) count="$part_mebibytes" 2>"$work/dd" ||
      refuse "$(cat "$work/dd")"
    part=$((part + 1))
    checksum=$(base64_of "$(sha256_of "$work/part")")
    attend aws s3api upload-part --bucket "$BUCKET" --key "$2" --upload-id "$upload" --part-number "$part" \
      --body "$work/part" --checksum-algorithm SHA256 --checksum-sha256 "$checksum" \
      --query '[ChecksumSHA256,ETag]' --output text >"$work/answer"
    answer=$(cat "$work/answer")
    stored "$2, part $part" "$checksum" "${answer%%	*}"
    [ "$part" -eq 1 ] || printf ',' >>"$work/parts"
    printf '{"PartNumber":%s,"ChecksumSHA256":"%s","ETag":%s}' "$part" "$checksum" "${answer#*	}" >>"$work/parts"
  done
  rm "$work/part"
  printf ']}' >>"$work/parts"
  attend aws s3api complete-multipart-upload --bucket "$BUCKET" --key "$2" --upload-id "$upload" \
    --multipart-upload "file://$work/parts" >"$work/answer"
  unset upload
}

# stored WHAT EXPECTED ANSWERED
stored() {
  [ "$2" = "$3" ] || refuse "S3 says that it stored $1 with the checksum $3, not with $2"
}

# The base64 of bytes in hexadecimal digits, as S3 writes checksums.
base64_of() {
  escaped=$(printf '%s\n' "$1" | awk '{
    for (i = 1; i < length($0); i += 2)
      printf "\\0%03o", 16 * index("123456789abcdef", substr($0, i, 1)) + index("123456789abcdef", substr($0, i + 1, 1))
  }')
  printf '%b' "$escaped" | base64
}
