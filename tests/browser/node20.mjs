// What gitlab-ci-local takes for granted and Node 20 does not have yet: `node --import ./node20.mjs …`.
Set.prototype.union ??= function union(other) {
  return new Set([...this, ...other]);
};
