//! `get_image_metadata`, `resize_image`, `picture`.

use std::path::Path;
use std::sync::Arc;

use tera::{Error, Kwargs, State, TeraResult, Value};

use super::{Registrar, SharedStore, ready};
use crate::diagnostic::did_you_mean;
use crate::gallery::{Tag, picture_tag};
use crate::image::{FOLDER, Filter, Format, Metadata, Operation, Original, Recipe};
use crate::template::{Store, map_value};

/// Most pixels a resized picture may have: a wall-sized print at 300 dots an inch has fewer.
const MOST_PIXELS: u64 = 200_000_000;

pub(super) fn register(tera: &mut Registrar<'_>, store: &SharedStore) {
    let own = store.clone();
    tera.register_function("get_image_metadata", move |kwargs: Kwargs, _: &State| {
        metadata(&kwargs, &*ready(&own, "get_image_metadata")?)
    });
    let own = store.clone();
    tera.register_function("resize_image", move |kwargs: Kwargs, _: &State| {
        resize(&kwargs, &*ready(&own, "resize_image")?)
    });
    let own = store.clone();
    tera.register_function("picture", move |kwargs: Kwargs, _: &State| picture(&kwargs, &*ready(&own, "picture")?));
}

/// `<picture>` for a picture beside a page: `path` as in `page.cover.path`, `alt`, `sizes` (`100vw`), `lead` for what is
/// seen first.
fn picture(kwargs: &Kwargs, store: &Store) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    let alt = kwargs.must_get::<String>("alt")?;
    let sizes = kwargs.get::<String>("sizes")?.unwrap_or_else(|| "100vw".into());
    let lead = kwargs.get::<bool>("lead")?.unwrap_or(false);
    let Some(file) = store.find_file(&path) else {
        return Err(Error::message(format!("picture: there is no file `{path}` in the site's folder")));
    };
    match store.galleries.made(&file) {
        Some(Ok(picture)) => {
            let tag = Tag { alt: &alt, sizes: &sizes, lead };
            Ok(Value::safe_string(&picture_tag(picture, tag, &store.project.config)))
        }
        // Nothing is written then: it was told at the line that names it.
        Some(Err(_)) => Ok(Value::safe_string("")),
        None => Err(Error::message(format!(
            "picture: `{path}` does not lie beside a page, or the configuration has no [pictures] table; use `resize_image`"
        ))),
    }
}

fn metadata(kwargs: &Kwargs, store: &Store) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    let Some(file) = store.find_file(&path) else {
        if kwargs.get::<bool>("allow_missing")?.unwrap_or(false) {
            return Ok(Value::none());
        }
        return Err(Error::message(format!("get_image_metadata: there is no file `{path}` in the site's folder")));
    };
    let original = original(store, &file)?;
    let Metadata { width, height, format, mime, description, created, .. } = &original.metadata;
    Ok(map_value([
        ("width", u64::from(*width).into()),
        ("height", u64::from(*height).into()),
        ("format", format.as_str().into()),
        ("mime", mime.as_str().into()),
        ("description", description.clone().into()),
        ("created", created.clone().into()),
    ]))
}

fn resize(kwargs: &Kwargs, store: &Store) -> TeraResult<Value> {
    let path = kwargs.must_get::<String>("path")?;
    let Some(file) = store.find_file(&path) else {
        return Err(Error::message(format!("resize_image: there is no file `{path}` in the site's folder")));
    };
    let operation = operation(kwargs)?;
    let original = original(store, &file)?;
    let metadata = &original.metadata;
    let readable = ["jpg", "png", "gif", "webp", "svg"];
    if !readable.contains(&metadata.format.as_str()) {
        let known = readable.join(", ");
        return Err(Error::message(format!(
            "resize_image: `{path}` is {}; resized are pictures in {known}",
            metadata.format
        )));
    }
    let cut = operation.cut((metadata.width, metadata.height));
    if u64::from(cut.size.0) * u64::from(cut.size.1) > MOST_PIXELS {
        return Err(Error::message(format!("resize_image: {} x {} pixels are too many", cut.size.0, cut.size.1)));
    }
    let size = (u64::from(metadata.width).into(), u64::from(metadata.height).into());
    let (format, filter) = (format(kwargs, metadata)?, filter(kwargs)?);
    let name = store.workshop.order(Recipe { original, operation, cut, format, filter });
    Ok(map_value([
        ("url", store.project.config.permalink(&format!("{FOLDER}/{name}")).into()),
        ("static_path", format!("static/{FOLDER}/{name}").into()),
        ("width", u64::from(cut.size.0).into()),
        ("height", u64::from(cut.size.1).into()),
        ("orig_width", size.0),
        ("orig_height", size.1),
    ]))
}

fn original(store: &Store, file: &Path) -> TeraResult<Arc<Original>> {
    store.workshop.pictures.original(file).map_err(|why| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        Error::message(format!("the picture `{name}` cannot be read: {}", why.en))
    })
}

fn operation(kwargs: &Kwargs) -> TeraResult<Operation> {
    let name = kwargs.get::<String>("op")?.unwrap_or_else(|| "fill".into());
    let side = |key: &'static str| -> TeraResult<u32> {
        let side = kwargs
            .get::<u32>(key)?
            .ok_or_else(|| Error::message(format!("resize_image: `op=\"{name}\"` needs `{key}`")))?;
        if side == 0 { Err(Error::message(format!("resize_image: `{key}` is 0"))) } else { Ok(side) }
    };
    Ok(match name.as_str() {
        "scale" => Operation::Scale(side("width")?, side("height")?),
        "fit" => Operation::Fit(side("width")?, side("height")?),
        "fill" => Operation::Fill(side("width")?, side("height")?),
        "fit_width" => Operation::FitWidth(side("width")?),
        "fit_height" => Operation::FitHeight(side("height")?),
        other => return Err(unknown("op", other, &["fill", "fit", "fit_height", "fit_width", "scale"])),
    })
}

/// Without a wish a picture with losses becomes JPEG, one without PNG.
fn format(kwargs: &Kwargs, original: &Metadata) -> TeraResult<Format> {
    let quality = kwargs.get::<u8>("quality")?;
    if quality.is_some_and(|quality| quality > 100) {
        return Err(Error::message("resize_image: `quality` is at most 100"));
    }
    let at_least_one = |otherwise: u8| match quality.unwrap_or(otherwise) {
        0 => Err(Error::message("resize_image: `quality` is at least 1 here")),
        quality => Ok(quality),
    };
    let name = kwargs.get::<String>("format")?.unwrap_or_else(|| "auto".into());
    Ok(match name.as_str() {
        "auto" if ["jpg", "webp"].contains(&original.format.as_str()) => Format::Jpeg(at_least_one(75)?),
        "auto" | "png" => Format::Png,
        "jpg" | "jpeg" => Format::Jpeg(at_least_one(75)?),
        "webp" => Format::WebP(quality),
        "avif" if cfg!(not(feature = "avif")) => {
            return Err(Error::message(
                "resize_image: this huta was built without AVIF; build it with `--features avif`",
            ));
        }
        "avif" => {
            let speed = kwargs.get::<u8>("speed")?.unwrap_or(5);
            if !(1..=10).contains(&speed) {
                return Err(Error::message("resize_image: `speed` is 1 to 10"));
            }
            Format::Avif(at_least_one(80)?, speed)
        }
        other => return Err(unknown("format", other, &["auto", "avif", "jpg", "png", "webp"])),
    })
}

fn filter(kwargs: &Kwargs) -> TeraResult<Filter> {
    let name = kwargs.get::<String>("filter")?.unwrap_or_else(|| "lanczos3".into()).to_lowercase();
    Ok(match name.as_str() {
        "nearest" => Filter::Nearest,
        "triangle" | "bilinear" => Filter::Triangle,
        "catmullrom" | "catmull_rom" | "bicubic" => Filter::CatmullRom,
        "gaussian" => Filter::Gaussian,
        "lanczos3" => Filter::Lanczos3,
        other => return Err(unknown("filter", other, &["catmullrom", "gaussian", "lanczos3", "nearest", "triangle"])),
    })
}

fn unknown(key: &str, value: &str, known: &[&str]) -> Error {
    let hint = did_you_mean(value, known.iter().copied())
        .map_or_else(|| format!("; possible are {}", known.join(", ")), |near| format!("; did you mean `{near}`?"));
    Error::message(format!("resize_image: there is no {key} `{value}`{hint}"))
}
