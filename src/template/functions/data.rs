//! `load_data`: files, texts and, where the configuration allows it, the network, as values.

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, ready};
use crate::diagnostic::did_you_mean;
use crate::source::{DataFormat, Request};
use crate::template::{Store, json_value};

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("load_data", move |kwargs: Kwargs, _: &State| {
        load_data(&kwargs, &*ready(&own, "load_data")?)
    });
}

fn load_data(kwargs: &Kwargs, store: &Store) -> TeraResult<Value> {
    let required = kwargs.get::<bool>("required")?.unwrap_or(true);
    let format = asked_format(kwargs)?;
    let text = |name: &'static str| kwargs.get::<String>(name);
    match (text("path")?, text("url")?, text("literal")?) {
        (Some(path), None, None) => {
            let Some(file) = store.find_file(&path) else {
                return if required {
                    Err(Error::message(format!("load_data: there is no file `{path}` in the site's folder")))
                } else {
                    Ok(Value::none())
                };
            };
            let format = format.unwrap_or_else(|| DataFormat::of_path(&path));
            store.workshop.data(format!("{format:?} {}", file.display()), || {
                let bytes = store.read_file(&path)?;
                let text = std::str::from_utf8(&bytes)
                    .map_err(|_| Error::message(format!("load_data: the file `{path}` is not UTF-8")))?;
                parse(format, text.trim_start_matches('\u{feff}'), &path)
            })
        }
        (None, Some(url), None) => {
            let format = format.unwrap_or(DataFormat::Plain);
            let request = request(kwargs, url.clone(), format)?;
            match store.workshop.fetch(request, &store.project.config.remote) {
                Ok(text) => parse(format, &text, &url),
                // What is not allowed is never a matter of chance.
                Err(_) if !required && store.project.config.remote.allows(&url) => Ok(Value::none()),
                Err(why) => Err(Error::message(format!("load_data: {why}"))),
            }
        }
        (None, None, Some(literal)) => parse(format.unwrap_or(DataFormat::Plain), &literal, "literal"),
        _ => Err(Error::message("load_data: give one of `path`, `url` and `literal`")),
    }
}

fn parse(format: DataFormat, text: &str, what: &str) -> TeraResult<Value> {
    let value =
        format.parse(text).map_err(|why| Error::message(format!("load_data: `{what}` cannot be read: {why}")))?;
    Ok(json_value(&value))
}

fn asked_format(kwargs: &Kwargs) -> TeraResult<Option<DataFormat>> {
    let Some(name) = kwargs.get::<String>("format")? else { return Ok(None) };
    let format = DataFormat::named(&name);
    if format.is_none() {
        let hint = did_you_mean(&name, DataFormat::NAMES).map_or_else(
            || format!("; possible are {}", DataFormat::NAMES.join(", ")),
            |near| format!("; did you mean `{near}`?"),
        );
        return Err(Error::message(format!("load_data: there is no format `{name}`{hint}")));
    }
    Ok(format)
}

fn request(kwargs: &Kwargs, url: String, format: DataFormat) -> TeraResult<Request> {
    let method = kwargs.get::<String>("method")?.unwrap_or_else(|| "get".into()).to_lowercase();
    if method != "get" && method != "post" {
        return Err(Error::message(format!("load_data: `method` is get or post, not `{method}`")));
    }
    let mut headers = vec![("accept".to_string(), format.media_type().to_string())];
    if let Some(content_type) = kwargs.get::<String>("content_type")? {
        headers.push(("content-type".into(), content_type));
    }
    for header in kwargs.get::<Vec<String>>("headers")?.unwrap_or_default() {
        let Some((name, value)) = header.split_once('=') else {
            return Err(Error::message(format!("load_data: a header has the form `Name=value`, not `{header}`")));
        };
        headers.push((name.trim().to_string(), value.trim().to_string()));
    }
    Ok(Request { url, post: method == "post", body: kwargs.get::<String>("body")?.unwrap_or_default(), headers })
}
