//! `get_exchange`, `get_year`.

use tera::{Error, Kwargs, State, Value};

use super::{Registrar, SharedStore, language, ready};
use crate::guide::days_of_year;
use crate::markdown::typeset_for;
use crate::template::{json_value, map_value};

/// `get_exchange` gives everything that is offered and needed, with what meets: `offers`, `needs`. `get_year` gives the
/// months of `year` (the one the site is built for where nothing is said): `{year, months: [{month, length, first, days:
/// [{day, weekday, entries}], entries}]}`; `first` and `weekday` count from Monday, 1; `entries` of a month are those of
/// which no day is known. Of an anniversary `title` is the page it stands on, and `what` what happened.
pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_exchange", move |kwargs: Kwargs, state: &State| {
        let store = &*ready(&own, "get_exchange")?;
        let language = language(&kwargs, state, store)?;
        Ok(json_value(&store.guide.exchange(&store.library, &store.project.config, &language)))
    });
    let own = store.clone();
    tera.register_function("get_year", move |kwargs: Kwargs, state: &State| {
        let store = &*ready(&own, "get_year")?;
        let language = language(&kwargs, state, store)?;
        let year = kwargs.get::<i64>("year")?;
        let year = year.unwrap_or_else(|| store.project.today.year().into());
        let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year));
        let year = year.ok_or_else(|| Error::message("get_year: `year` is a number from 1 to 9999"))?;
        let mut entries = days_of_year(&store.guide, &store.values, &store.library, &language, year);
        for entry in &mut entries {
            for text in [&mut entry.title, &mut entry.what] {
                *text = typeset_for(&store.project.config, text, &entry.text_lang);
            }
        }
        let entries = |month: i8, day: i8| {
            let of = entries.iter().filter(move |entry| (entry.month, entry.day) == (month, day));
            of.map(|entry| json_value(&entry.value())).collect::<Vec<_>>()
        };
        let months = (1..=12).map(|month| {
            let first = jiff::civil::date(year, month, 1);
            let weekday = |day: i8| i64::from((first.weekday().to_monday_one_offset() - 1 + day - 1) % 7 + 1);
            let days = (1..=first.days_in_month()).map(|day| {
                map_value([
                    ("day", i64::from(day).into()),
                    ("weekday", weekday(day).into()),
                    ("entries", entries(month, day).into()),
                ])
            });
            map_value([
                ("month", i64::from(month).into()),
                ("date", first.to_string().into()),
                ("first", weekday(1).into()),
                ("length", i64::from(first.days_in_month()).into()),
                ("days", Value::from(days.collect::<Vec<_>>())),
                ("entries", entries(month, 0).into()),
            ])
        });
        let months: Vec<Value> = months.collect();
        Ok(map_value([("year", i64::from(year).into()), ("months", months.into())]))
    });
}
