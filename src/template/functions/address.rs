//! `get_url`, `get_hash`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::fmt::Write as _;
use tera::{Error, Function, Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, ready};
use crate::config::Mode;
use crate::content::{LinkError, Target};
use crate::template::{Hashed, Store};

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    tera.register_function("get_url", GetUrl(store.clone()));
    let own = store.clone();
    tera.register_function("get_hash", move |kwargs: Kwargs, _: &State| get_hash(&kwargs, &*ready(&own, "get_hash")?));
}

struct GetUrl(SharedStore);

impl Function<TeraResult<String>> for GetUrl {
    fn call(&self, kwargs: Kwargs, state: &State) -> TeraResult<String> {
        let store = &*ready(&self.0, "get_url")?;
        let path = kwargs.must_get::<String>("path")?;
        let asked = kwargs.get::<String>("lang")?;
        if let Some(path) = path.strip_prefix("@/") {
            let language = match asked {
                Some(language) => language,
                None => state.get::<String>("lang")?.unwrap_or_else(|| store.project.config.default_language.clone()),
            };
            return content_address(store, path, &language);
        }
        let config = &store.project.config;
        let prefix = match asked {
            Some(language) if language != config.default_language && !path.starts_with(&format!("/{language}")) => {
                format!("{language}/")
            }
            _ => String::new(),
        };
        let mut address = config.permalink(&format!("{prefix}{}", path.trim_start_matches('/')));
        if !kwargs.get::<bool>("trailing_slash")?.unwrap_or(false) {
            address.truncate(address.trim_end_matches('/').len());
        } else if !address.ends_with('/') {
            address.push('/');
        }
        if kwargs.get::<bool>("cachebust")?.unwrap_or(false) {
            let bytes = store.read_file(&path)?;
            let hash = hex(&Sha256::digest(&bytes));
            let hash = &hash[..20];
            // Who looks at the site on this machine should meet the files by the names they have.
            if config.hosting.hashed_names && store.project.mode == Mode::Build && !address.ends_with('/') {
                let of = format!("{prefix}{}", path.trim_start_matches('/'));
                let name = hashed_name(&of, hash);
                address = config.permalink(&name);
                store.workshop.note_hashed(name, Hashed { of, bytes: bytes.as_ref().into() });
            } else {
                let _ = write!(address, "?h={hash}");
            }
        }
        Ok(address)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// `a/b.css` with the hash before its ending, in the same folder: what a file names relative to itself stays right.
fn hashed_name(path: &str, hash: &str) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    match path[name..].rfind('.').filter(|at| *at > 0) {
        Some(at) => format!("{}.{hash}{}", &path[..name + at], &path[name + at..]),
        None => format!("{path}.{hash}"),
    }
}

fn content_address(store: &Store, path: &str, language: &str) -> TeraResult<String> {
    let (path, anchor) = path.split_once('#').map_or((path, None), |(path, anchor)| (path, Some(anchor)));
    let library = &store.library;
    let canonical = store.canonical(path);
    let target = library.in_language(&canonical, language).map_or_else(|| library.resolve(path, language), Ok);
    let mut address = match target {
        Ok(Target::Page(id)) => library.pages[id].permalink.clone(),
        Ok(Target::Section(id)) => library.sections[id].permalink.clone(),
        Ok(Target::Asset(address)) => address,
        Err(LinkError::Unknown(near)) => {
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `@/{near}`?"));
            return Err(Error::message(format!("get_url: there is no file content/{path}{hint}")));
        }
    };
    if let Some(anchor) = anchor {
        let _ = write!(address, "#{anchor}");
    }
    Ok(address)
}

fn get_hash(kwargs: &Kwargs, store: &Store) -> TeraResult<Value> {
    let bytes = match (kwargs.get::<String>("path")?, kwargs.get::<String>("literal")?) {
        (Some(path), None) => store.read_file(&path)?.into_owned(),
        (None, Some(literal)) => literal.into_bytes(),
        _ => return Err(Error::message("get_hash: give either `path` or `literal`")),
    };
    let digest: Vec<u8> = match kwargs.get::<i64>("sha_type")?.unwrap_or(384) {
        256 => Sha256::digest(&bytes).to_vec(),
        384 => Sha384::digest(&bytes).to_vec(),
        512 => Sha512::digest(&bytes).to_vec(),
        other => return Err(Error::message(format!("get_hash: `sha_type` is 256, 384 or 512, not {other}"))),
    };
    Ok(if kwargs.get::<bool>("base64")?.unwrap_or(true) { BASE64.encode(&digest).into() } else { hex(&digest).into() })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
