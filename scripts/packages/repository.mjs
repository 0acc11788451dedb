// The repository that packages come from, as a workflow knows it. npm compares it with where a
// package was built when it is published with provenance.

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ type: string, url: string } | undefined} outside of a workflow there is none
 */
export function repositoryOf({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name }) {
  return server && name ? { type: 'git', url: `git+${server}/${name}.git` } : undefined;
}

/** Throws unless packages can be published with provenance. */
export function requireRepository(environment) {
  if (repositoryOf(environment)) return;
  throw new Error(
    'Provenance needs the repository in package.json: set GITHUB_SERVER_URL and GITHUB_REPOSITORY, as ' +
      'workflows do, or leave --provenance out.',
  );
}
