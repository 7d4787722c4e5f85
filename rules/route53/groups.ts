import { UnknownValueError } from "../values/block";
import { known, mayExclude } from "../values/certain";
import type { Estate } from "../estate";
import {
  fullName,
  policyOf,
  RECORD_TYPES,
  recordSets,
  typeOf,
  zoneOfRecord,
  type Policy,
  type RecordSet,
} from "./record-sets";

/** The records of an estate by zone and name, made once. */
interface Index {
  readonly byName: ReadonlyMap<string, readonly RecordSet[]>;
  readonly byType: ReadonlyMap<string, readonly RecordSet[]>;
  /** Records whose zone, name or type only Terraform can tell: they may be of any group. */
  readonly open: readonly RecordSet[];
}

const indexes = new WeakMap<Estate, Index>();

function indexOf(estate: Estate): Index {
  const present = indexes.get(estate);
  if (present) return present;
  const byName = new Map<string, RecordSet[]>();
  const byType = new Map<string, RecordSet[]>();
  const open: RecordSet[] = [];
  const add = (map: Map<string, RecordSet[]>, key: string, set: RecordSet): void => {
    const group = map.get(key);
    if (group) group.push(set);
    else map.set(key, [set]);
  };
  for (const set of estate.ofType(...RECORD_TYPES).flatMap(recordSets)) {
    const key = known(() => nameKey(set, estate));
    const type = known(() => typeOf(set));
    if (key === undefined || type === undefined) open.push(set);
    if (key !== undefined) add(byName, key, set);
    if (key !== undefined && type !== undefined) add(byType, `${key} ${type}`, set);
  }
  const made = { byName, byType, open };
  indexes.set(estate, made);
  return made;
}

/** @throws UnknownValueError */
function nameKey(set: RecordSet, estate: Estate): string {
  return `${zoneOfRecord(set, estate).key} ${fullName(set, estate)}`;
}

/** All records of the same zone and name, this one among them. @throws UnknownValueError */
export function sameName(set: RecordSet, estate: Estate): readonly RecordSet[] {
  return indexOf(estate).byName.get(nameKey(set, estate)) ?? [];
}

/** Those of the same type too. @throws UnknownValueError */
export function sameNameAndType(set: RecordSet, estate: Estate): readonly RecordSet[] {
  return indexOf(estate).byType.get(`${nameKey(set, estate)} ${typeOf(set)}`) ?? [];
}

/** Those with the same routing policy; one of which only Terraform knows it counts as one. @throws UnknownValueError */
export function policyGroup(set: RecordSet, policy: Policy, estate: Estate): readonly RecordSet[] {
  return sameNameAndType(set, estate).filter((other) => (known(() => policyOf(other)) ?? policy) === policy);
}

/**
 * Leaves open what is wrong with a whole group, where there are records that only Terraform knows to be of it or not: those that are made
 * with `count` or `for_each`, and those of unknown name.
 * @throws UnknownValueError
 */
export function unlessOpen(group: readonly RecordSet[], policy: Policy, estate: Estate): void {
  const mayBe = (set: RecordSet): boolean => (known(() => policyOf(set)) ?? policy) === policy;
  if (indexOf(estate).open.some(mayBe)) throw new UnknownValueError("name");
  if (group.some(({ resource }) => resource.copies !== 1)) throw new UnknownValueError("for_each");
  if (group.some((set) => zoneOfRecord(set, estate).isOpen)) throw new UnknownValueError("zone_id");
}

/** The first of a group, on which what is wrong with all of it is told. */
export function isFirst(set: RecordSet, group: readonly RecordSet[]): boolean {
  return group[0] === set;
}

/**
 * The first before a record in its group that does not go with it: each pair is told once, on the later of the two.
 * @throws UnknownValueError when there is none, but the zone may be that of other records too; when only one of the two may be there
 */
export function conflict(
  set: RecordSet,
  group: readonly RecordSet[],
  estate: Estate,
  test: (other: RecordSet) => boolean,
): RecordSet | undefined {
  const others = group.slice(0, group.indexOf(set)).filter((one) => known(() => test(one)) === true);
  const other = others.find(({ resource }) => !mayExclude(resource, set.resource));
  if (!other && others.length > 0) throw new UnknownValueError("count");
  if (!other && zoneOfRecord(set, estate).isOpen) throw new UnknownValueError("zone_id");
  return other;
}
