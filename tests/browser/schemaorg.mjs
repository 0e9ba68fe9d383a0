// schema.org's vocabulary and context, as published (release 30.0, schemas/), and what it says of a node.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import jsonld from 'jsonld';

const published = async (name) => JSON.parse(gunzipSync(await readFile(fileURLToPath(new URL(`schemas/${name}.gz`, import.meta.url)))));

export const vocabulary = await published('schemaorg-current-https.jsonld');
const context = await published('schemaorgcontext.jsonld');

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const name = (id) => id.replace(/^(schema:|https?:\/\/schema\.org\/)/, '');
const terms = new Map(vocabulary['@graph'].map((term) => [name(term['@id']), term]));
const names = (value) => list(value).map((reference) => name(reference['@id']));

/** A class with everything it is a kind of. */
function ancestry(type) {
  const found = new Set();
  const visit = (at) => {
    if (found.has(at) || !terms.has(at)) return;
    found.add(at);
    names(terms.get(at)['rdfs:subClassOf']).forEach(visit);
  };
  visit(type);
  return found;
}

const isClass = (at) => list(terms.get(at)?.['@type']).includes('rdfs:Class');

/** Expands a document without asking the network for anything. */
export const expand = (document) => jsonld.expand(document, {
  documentLoader: async (url) => {
    if (!/^https?:\/\/schema\.org\/?$/.test(url)) throw new Error(`asks for ${url}`);
    return { documentUrl: url, document: context, contextUrl: null };
  },
});

const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$/;

/** Whether a plain value may be where one of these types is expected. */
function fits(value, ranges) {
  const allowed = {
    Text: typeof value === 'string',
    URL: typeof value === 'string' && URL.canParse(value),
    Date: DATE.test(value),
    DateTime: DATE_TIME.test(value),
    Number: typeof value === 'number',
    Integer: Number.isInteger(value),
    Boolean: typeof value === 'boolean',
    // "Distances are always written as: Number, length unit of measure" – a text.
    Distance: /^\d+(\.\d+)? (m|km)$/.test(value),
  };
  // schema.org takes a text wherever it asks for a thing; here only what is asked for is right.
  return ranges.some((range) => allowed[range]);
}

/** Whether an address is that of a member of one of these enumerations. */
const isMemberOf = (address, ranges) => list(terms.get(name(`${address}`))?.['@type']).map(name).some((of) => ranges.includes(of));

/** Everything that the vocabulary does not allow in an expanded document, with its path. */
export function misuses(nodes) {
  const wrong = [];
  const classOf = new Map();
  const collect = (value) => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (value && typeof value === 'object') {
      if (value['@id'] && value['@type']) classOf.set(value['@id'], value['@type'].map(name));
      Object.values(value).forEach(collect);
    }
  };
  collect(nodes);
  const visit = (node, path) => {
    const types = list(node['@type']).map(name);
    for (const type of types) if (!isClass(type)) wrong.push(`${path}: no type ${type}`);
    const kinds = new Set(types.flatMap((type) => [...ancestry(type)]));
    for (const [key, values] of Object.entries(node).filter(([key]) => !key.startsWith('@'))) {
      const property = name(key);
      // An annotation of actions ("potential actions"), which has no term of its own.
      if (/-(input|output)$/.test(property)) continue;
      const term = terms.get(property);
      if (!term || !list(term['@type']).includes('rdf:Property')) {
        wrong.push(`${path}: no property ${property}`);
        continue;
      }
      if (term['schema:supersededBy']) wrong.push(`${path}: ${property} is superseded`);
      if (!names(term['schema:domainIncludes']).some((domain) => kinds.has(domain))) wrong.push(`${path}: ${types} has no ${property}`);
      const ranges = names(term['schema:rangeIncludes']);
      for (const value of values.flatMap((value) => value['@list'] ?? [value])) {
        const at = `${path}.${property}`;
        if ('@value' in value) {
          // A member of an enumeration may stand as its address, as Google asks for it.
          if (!isMemberOf(value['@value'], ranges) && !fits(value['@value'], ranges)) wrong.push(`${at}: ${JSON.stringify(value['@value'])} is none of ${ranges}`);
          continue;
        }
        const own = list(value['@type']).map(name);
        const known = own.length ? own : classOf.get(value['@id']);
        const isMember = isMemberOf(value['@id'], ranges);
        const isAddress = !own.length && ranges.some((range) => ['URL', 'CreativeWork', 'WebPage'].includes(range));
        const isKind = (known ?? []).some((type) => ranges.some((range) => ancestry(type).has(range) || range === 'Thing'));
        if (!(isKind || isMember || (isAddress && !known) || (isAddress && ranges.includes('URL')))) wrong.push(`${at}: ${known ?? value['@id']} is none of ${ranges}`);
        if (own.length) visit(value, at);
      }
    }
  };
  nodes.forEach((node) => visit(node, node['@type']?.map(name).join() ?? '?'));
  return wrong;
}
