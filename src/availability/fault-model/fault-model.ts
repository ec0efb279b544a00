import type { Availability } from '../../units';
import { shown } from '../../validation';
import { type AnalysisOptions, FaultAnalysis } from './analysis';
import { compiled } from './compiled';
import { InvalidModelError } from './errors';
import { FaultTree, type FaultTreeEvent, loopProblems } from './fault-tree';
import { type Formula, namesBelow } from './formula';
import type { RepairTime } from './repair-time';
import { failureOf, type Requirement, requirementProblems } from './requirement';
import { type Graph, isNegated, needed, nodeOf } from './solve/graph';
import { ALWAYS } from './solve/simplify';

/** What fails as one: a host, a zone, a region, a provider, a power feed. */
export interface DomainProps {
  /**
   * How much of the time the domain as a whole works.
   *
   * @default - it never fails by itself, only with the domains that it is in
   */
  readonly availability?: Availability;

  /**
   * How long it is down when it fails as a whole.
   *
   * @default - not known: what asks for time (simulation, number of outages) is given one for all
   */
  readonly repair?: RepairTime;

  /**
   * The domains that this one is in: when one of them fails, so does this. A zone is in a region, a host in a zone and
   * on a power feed.
   *
   * @default - none
   */
  readonly in?: string | readonly string[];
}

/** What does something: a replica, a database, a service. */
export interface ComponentProps extends DomainProps {
  /**
   * What it needs in order to work. A list is all of it: a name, {@link anyOf} or {@link atLeast} some.
   *
   * @default - nothing but itself and its domains
   */
  readonly needs?: Requirement | readonly Requirement[];
}

interface Part extends ComponentProps {
  readonly isDomain: boolean;
}

/**
 * What a system is made of, what stands on what, and what fails together: it answers *what happens if this falls?* Parts are
 * named in any order. A failure that many parts share, of a zone, say, is one event, and counted once.
 *
 * See `docs/fault-model.md`.
 */
export class FaultModel {
  private readonly parts = new Map<string, Part>();
  private readonly twice = new Set<string>();

  /** Adds something that fails as one, with everything in it. */
  public domain(name: string, props: DomainProps = {}): this {
    return this.add(name, { ...props, isDomain: true });
  }

  /** Adds something that does something: it works while it works itself, its domains do, and what it needs does. */
  public component(name: string, props: ComponentProps = {}): this {
    return this.add(name, { ...props, isDomain: false });
  }

  /** Names of all domains and components, in the order in which they were added. */
  public names(): string[] {
    return [...this.parts.keys()];
  }

  /**
   * Names of everything that goes down with some parts, them too. What is redundant enough stays.
   *
   * @throws InvalidModelError when the model means nothing, or has no such part
   */
  public fallsWith(...names: string[]): string[] {
    this.mustMeanSomething(names);
    const gates = this.gateNames();
    const all = this.names();
    const tree = this.treeOf(all[0] ?? '', gates);
    const tops = all.map((name) => gates.get(name) ?? name);
    const { graph, literals } = compiled(tree, tops, new Set(names.map((name) => gates.get(name) ?? name)));
    const failed = failedGates(graph, literals);
    return all.filter((name) => names.includes(name) || failed.has(gates.get(name) ?? name));
  }

  /**
   * Everything that follows for one part: its availability, single points of failure, cut sets, and what if. Nothing is
   * computed before it is asked for.
   *
   * @param target name of a component or domain
   * @param options limits
   * @throws InvalidModelError naming everything that is wrong with the model
   */
  public analyse(target: string, options: AnalysisOptions = {}): FaultAnalysis {
    this.mustMeanSomething([target]);
    const gates = this.gateNames();
    return new FaultAnalysis(this.treeOf(target, gates), options, { gates });
  }

  /**
   * The fault tree of one part, with what it depends on and nothing else, for other tools: see {@link writeOpenPsa}.
   *
   * @param target name of a component or domain
   * @throws InvalidModelError naming everything that is wrong with the model
   */
  public toFaultTree(target: string): FaultTree {
    this.mustMeanSomething([target]);
    const { top, gates, events } = this.treeOf(target, this.gateNames());
    const needed = namesBelow(top, gates);
    const kept = <T>(all: ReadonlyMap<string, T>) => Object.fromEntries([...all].filter(([name]) => needed.has(name)));
    return new FaultTree({ top, gates: kept(gates), events: kept(events) });
  }

  private add(name: string, part: Part): this {
    if (this.parts.has(name)) this.twice.add(name);
    this.parts.set(name, { ...part, in: listed(part.in), needs: listed(part.needs) });
    return this;
  }

  /** The gate of each part: the part's name belongs to its own failure, which is what people look for in a cut set. */
  private gateNames(): Map<string, string> {
    const taken = new Set(this.parts.keys());
    return new Map(
      this.names().map((name) => {
        let gate = `${name}-down`;
        while (taken.has(gate)) gate += '-';
        taken.add(gate);
        return [name, gate];
      }),
    );
  }

  private treeOf(target: string, gateNames: ReadonlyMap<string, string>): FaultTree {
    const gateOf = (name: string): Formula => gateNames.get(name) ?? name;
    const gates: [string, Formula][] = [];
    const events: [string, FaultTreeEvent][] = [];
    for (const [name, { availability, repair, in: domains, needs }] of this.parts) {
      const causes = [
        ...(availability ? [name] : []),
        ...listed(domains).map(gateOf),
        ...listed(needs).map((requirement) => failureOf(requirement, gateOf)),
      ];
      if (availability) events.push([name, { availability, repair }]);
      gates.push([gateNames.get(name) ?? name, causes.length === 0 ? false : { kind: 'or', of: causes }]);
    }
    return new FaultTree({
      top: gateNames.get(target) ?? target,
      gates: Object.fromEntries(gates),
      events: Object.fromEntries(events),
    });
  }

  private mustMeanSomething(targets: readonly string[]): void {
    const problems = [...this.twice].map((name) => `${name} must be added once, got it twice; rename one`);
    const links = new Map<string, Formula>();
    for (const [name, part] of this.parts) {
      problems.push(...this.domainProblems(name, part));
      const needs = listed(part.needs);
      problems.push(
        ...needs.flatMap((need) => requirementProblems(`${name}.needs`, need, (one) => this.parts.has(one))),
      );
      links.set(name, { kind: 'or', of: [...listed(part.in), ...needs.map((need) => failureOf(need, (one) => one))] });
    }
    problems.push(...loopProblems(links));
    for (const target of targets) {
      if (this.parts.has(target)) continue;
      problems.push(
        `the model must have the part that is asked for, got ${shown(target)}; add it, or correct the name`,
      );
    }
    InvalidModelError.throwIfAny(problems, 'fault model');
  }

  private domainProblems(name: string, part: Part): string[] {
    return listed(part.in).flatMap((domain) => {
      const found = this.parts.get(domain);
      if (found?.isDomain) return [];
      if (found) return [`${name}.in must name domains, got ${shown(domain)}, a component; put it under needs`];
      return [`${name}.in must name domains of the model, got ${shown(domain)}; add it, or correct the name`];
    });
  }
}

/** The gates that have failed although no event has. */
function failedGates(graph: Graph, literals: ReadonlyMap<string, number>): Set<string> {
  const states = new Map<number, boolean>();
  const isTrue = (input: number) =>
    input < 0 ? input === ALWAYS : (states.get(nodeOf(input)) ?? false) !== isNegated(input);
  graph.gates.forEach((gate, index) => {
    const failing = gate.inputs.filter(isTrue).length;
    states.set(graph.events + index, failing >= needed(gate, gate.inputs.length));
  });
  return new Set([...literals].filter(([, input]) => isTrue(input)).map(([gate]) => gate));
}

function listed<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...value] : [value as T];
}
