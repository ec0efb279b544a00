import { Availability } from '../../units';

/** What a level of high availability costs and suits. */
export interface AvailabilityLevel {
  /** What it is called. */
  readonly name: 'basic' | 'standard' | 'high' | 'ultra';
  /** The availability it stands for. */
  readonly availability: Availability;
  /** What the infrastructure costs at least, as a multiple of the basic one. */
  readonly costFactor: number;
  /**
   * What it costs at most.
   *
   * @default - left out where there is no upper end
   */
  readonly highestCostFactor?: number;
  /** How hard it is to run. */
  readonly complexity: 'low' | 'medium' | 'high' | 'very high';
  /** What it is for. */
  readonly suits: string;
}

/** The levels of the course « 9.6 Architectures Haute Disponibilité », « Coûts typiques », lowest first. */
export const AVAILABILITY_LEVELS: readonly AvailabilityLevel[] = [
  {
    name: 'basic',
    availability: Availability.percent('99'),
    costFactor: 1,
    highestCostFactor: 1,
    complexity: 'low',
    suits: 'development, staging',
  },
  {
    name: 'standard',
    availability: Availability.percent('99.9'),
    costFactor: 2,
    highestCostFactor: 2,
    complexity: 'medium',
    suits: 'small and middle-sized companies, usual applications',
  },
  {
    name: 'high',
    availability: Availability.percent('99.99'),
    costFactor: 3,
    highestCostFactor: 5,
    complexity: 'high',
    suits: 'online shops, software as a service',
  },
  {
    name: 'ultra',
    availability: Availability.percent('99.999'),
    costFactor: 10,
    complexity: 'very high',
    suits: 'banks, hospitals',
  },
];

/** The lowest level that meets a target; none when even the highest does not. */
export function tryFindLevel(target: Availability): AvailabilityLevel | undefined {
  return AVAILABILITY_LEVELS.find(({ availability }) => availability.meets(target));
}

/** What an availability is called in the table « Tableau des niveaux de disponibilité » of the course. */
export interface AvailabilityGrade {
  /** The least availability of the grade. */
  readonly availability: Availability;
  /** What it is called. */
  readonly name: string;
}

/** The grades of that table, worst first. */
export const AVAILABILITY_GRADES: readonly AvailabilityGrade[] = (
  [
    ['90', 'unacceptable'],
    ['99', 'basic'],
    ['99.9', 'standard'],
    ['99.95', 'good'],
    ['99.99', 'high'],
    ['99.995', 'very high'],
    ['99.999', 'ultra-critical'],
    ['99.9999', 'extreme'],
  ] as const
).map(([percent, name]) => ({ availability: Availability.percent(percent), name }));

/** The best grade that an availability reaches; none below 90 %. */
export function tryFindGrade(availability: Availability): AvailabilityGrade | undefined {
  return AVAILABILITY_GRADES.filter((grade) => availability.meets(grade.availability)).at(-1);
}
