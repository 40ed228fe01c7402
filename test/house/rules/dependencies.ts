import type { Manifest } from '../lib/tree.ts';

interface Dependency {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly peer: boolean;
}

/** Everything the workspaces ask of the registry. */
export function dependenciesOf(manifests: readonly Manifest[]): readonly Dependency[] {
  return manifests.flatMap(({ path, dependencies, devDependencies, peerDependencies }) => {
    const rows = (list: Manifest['dependencies'], peer: boolean): readonly Dependency[] =>
      Object.entries(list ?? {}).map(([name, version]) => ({ path, name, version, peer }));
    const all = [
      ...rows(dependencies, false),
      ...rows(devDependencies, false),
      ...rows(peerDependencies, true),
    ];
    return all.filter(({ version }) => !version.startsWith('workspace:'));
  });
}

/** Versions that are not exact, and one dependency in two versions. A peer may give a range. */
export function pins(manifests: readonly Manifest[]): readonly string[] {
  const own = dependenciesOf(manifests).filter(({ peer }) => !peer);
  const loose = own.filter(({ version }) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
  const first = new Map(own.toReversed().map(({ name, version }) => [name, version]));
  const unequal = own.filter(({ name, version }) => first.get(name) !== version);
  return [
    ...loose.map(({ path, name, version }) => `${path}: ${name} ${version} is not exact`),
    ...unequal.map(({ path, name, version }) => `${path}: ${name} ${version}, elsewhere ${first.get(name)}`),
  ];
}

/** Workspace packages asked for by anything but `workspace:*`. */
export function links(manifests: readonly Manifest[]): readonly string[] {
  const loose = dependenciesOf(manifests).filter(({ name }) => name.startsWith('@zegel/'));
  return loose.map(({ path, name, version }) => `${path}: ${name} ${version} should be workspace:*`);
}

/** Addresses in a lock file: where a package was downloaded from is nobody's business but the registry setting's. */
export function addresses(lock: string): readonly string[] {
  return lock
    .split('\n')
    .flatMap((line, at) =>
      /https?:|git\+ssh|git@[a-z]|tarball:|registry\./i.test(line) ? [`line ${at + 1}: ${line.trim()}`] : [],
    );
}
