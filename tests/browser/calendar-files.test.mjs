// Every calendar and card of the guide, read by Mozilla's library as Thunderbird would.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import ICAL from 'ical.js';

import { guide, pages } from './site.mjs';

const ZONE = 'Europe/Warsaw';
const names = (await readdir(guide.folder, { recursive: true })).sort();
const read = (name) => readFile(join(guide.folder, name), 'utf8');
const addresses = new Set(pages.map(({ url }) => url));

/** Hours that clocks in Kraków are ahead of UTC, by the data of the machine instead of the file. */
function ahead(date) {
  const parts = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' }).formatToParts(date);
  return Number(parts.find(({ type }) => type === 'timeZoneName').value.match(/[+-]\d+/)[0]);
}

/** The time of an event's `start` or `end` as a date, where the zone is the one the file describes. */
function instant(time, zone) {
  if (time.isDate) return undefined;
  assert.equal(time.zone.tzid, ZONE);
  assert.ok(time.zone.component, 'the zone comes from the file');
  assert.equal(time.zone.component, zone);
  return new Date(time.toUnixTime() * 1000);
}

describe('calendars', () => {
  for (const name of names.filter((name) => name.endsWith('.ics'))) {
    it(name, async () => {
      const text = await read(name);
      const long = text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75);
      assert.deepEqual(long, []);
      const calendar = new ICAL.Component(ICAL.parse(text));
      assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
      const zone = calendar.getFirstSubcomponent('vtimezone');
      const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
      const uids = events.map(({ uid }) => uid);
      assert.ok(uids.every(Boolean));
      assert.equal(new Set(uids).size, uids.length);
      for (const event of events) {
        const url = event.component.getFirstPropertyValue('url');
        assert.ok(addresses.has(url), `${event.uid}: no page ${url}`);
        assert.ok(event.summary, event.uid);
        assert.ok(event.startDate.compare(event.endDate) <= 0, event.uid);
        for (const time of [event.startDate, event.endDate]) {
          const date = instant(time, zone);
          if (date) assert.equal(time.utcOffset(), ahead(date) * 3600, `${event.uid}: ${time}`);
        }
      }
    });
  }

  it('describe the clocks of Kraków', async () => {
    const name = names.find((name) => name.endsWith('.ics'));
    if (!name) return;
    const calendar = new ICAL.Component(ICAL.parse(await read(name)));
    const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone'));
    for (let date = new Date('2000-01-01T12:00:00Z'); date.getUTCFullYear() < 2036; date.setUTCDate(date.getUTCDate() + 1)) {
      const time = ICAL.Time.fromJSDate(date, true).convertToZone(zone);
      assert.equal(time.utcOffset(), ahead(date) * 3600, date.toISOString());
    }
  });
});

describe('cards', () => {
  for (const name of names.filter((name) => name.endsWith('.vcf'))) {
    it(name, async () => {
      const parsed = ICAL.parse(await read(name));
      // One card, or a list of them.
      const cards = (parsed[0] === 'vcard' ? [parsed] : parsed).map((card) => new ICAL.Component(card));
      assert.ok(cards.length);
      for (const card of cards) {
        assert.equal(card.name, 'vcard');
        assert.ok(card.getFirstPropertyValue('version'));
        assert.ok(card.getFirstPropertyValue('fn'));
      }
    });
  }
});
