//! Pictures of pages: what is made of them, what is kept for the next build, what is said about them.

mod common;

use std::fs;
use std::io::Cursor;
use std::path::Path;

use common::Site;
use image::{ImageFormat, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use moxcms::ColorProfile;

const CONFIG: &str =
    "default_language = \"pl\"\n[pictures]\nwidths = [60, 120]\n[languages.en]\nfallback = true\ninherit = true\n";
const ONE: &str = "---\ntitle: P\ncover: a.jpg\ngallery:\n  - file: a.jpg\n    alt: Dom\n    caption: Stary dom\n    credit: Ala\n    \
                   licence: CC BY 4.0\n    date: \"1960\"\n    source: https://example.org/a\n---\n";

/// A photograph of 200 × 100 pixels: four corners of four colours. `tag` makes it another file.
fn photo(tag: u8) -> Vec<u8> {
    let mut out = vec![];
    let mut encoder = Encoder::new(&mut out, 95);
    encoder.add_app_segment(9, vec![tag]).unwrap();
    encoder.encode(&corners(200, 100), 200, 100, ColorType::Rgb).unwrap();
    out
}

fn corners(width: u32, height: u32) -> Vec<u8> {
    let colour = |x: u32, y: u32| match (x < width / 2, y < height / 2) {
        (true, true) => [200, 30, 30],
        (false, true) => [30, 160, 30],
        (true, false) => [30, 30, 200],
        (false, false) => [220, 220, 40],
    };
    (0..width * height).flat_map(|at| colour(at % width, at / width)).collect()
}

/// EXIF with an orientation, and a position where asked.
fn exif(orientation: u8, position: bool) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entries: u16 = if position { 2 } else { 1 };
    tiff.extend(entries.to_le_bytes());
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    if position {
        // The table of the position follows: after this entry and the end of this table.
        let at = u32::try_from(tiff.len() + 12 + 4).unwrap();
        tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0]);
        tiff.extend(at.to_le_bytes());
        tiff.extend([0; 4]);
        tiff.extend([1, 0, 2, 0, 5, 0, 3, 0, 0, 0]);
        let rationals = u32::try_from(tiff.len() + 4 + 4).unwrap();
        tiff.extend(rationals.to_le_bytes());
        tiff.extend([0; 4]);
        for number in [50_u32, 1, 4, 1, 19, 1] {
            tiff.extend(number.to_le_bytes());
        }
    } else {
        tiff.extend([0; 4]);
    }
    tiff
}

fn site(page: &str) -> Site {
    Site::new(CONFIG)
        .file("content/_index.md", "---\ntitle: H\n---\n")
        .file("content/p/index.md", page)
        .file("templates/page.html", "{% if page.cover %}{{ picture(path=page.cover.path, alt=page.cover.alt, sizes=\"50vw\", lead=true) }}{% endif %}|{% for g in page.gallery %}{{ g.alt }};{{ g.caption }};{{ g.credit }};{{ g.licence.name }};{{ g.permalink }}{% endfor %}|{{ page.linked_data | safe }}|{{ page.content | safe }}")
}

trait Binary {
    fn bytes(self, path: &str, bytes: &[u8]) -> Self;
}

impl Binary for Site {
    fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }
}

/// The pictures a build left, by name, sorted.
fn made(site: &Site) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = fs::read_dir(site.path().join("public/processed_images"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    all.sort();
    all
}

fn copy(from: &Path, to: &Path) {
    for file in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok).filter(|file| file.file_type().is_file())
    {
        let target = to.join(file.path().strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(file.path(), target).unwrap();
    }
}

#[test]
fn a_photograph_becomes_a_ladder() {
    let site = site(ONE).bytes("content/p/a.jpg", &photo(0));
    let files = site.build();
    let html = files.text("p/index.html");
    let names: Vec<String> = made(&site).into_iter().map(|(name, _)| name).collect();
    let endings: Vec<&str> = names.iter().map(|name| name.splitn(3, '.').nth(2).unwrap()).collect();
    assert_eq!(endings, ["120.jpg", "120.webp", "60.jpg", "60.webp"]);
    for part in [
        "<picture><source type=\"image/webp\" srcset=\"https://example.org/processed_images/a.",
        ".webp 60w, https://example.org/processed_images/a.",
        "sizes=\"50vw\"",
        "width=\"120\" height=\"60\" alt=\"Dom\" fetchpriority=\"high\"",
        "data-placeholder=\"data:image/webp;base64,",
        "|Dom;Stary dom;Ala;CC BY 4.0;https://example.org/processed_images/a.",
        "\"license\":\"https://creativecommons.org/licenses/by/4.0/\"",
        "\"creditText\":\"Ala\"",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("loading=\"lazy\""));
    assert!(!site.path().join("public/p/a.jpg").exists(), "the original was published");
}

#[test]
fn what_was_made_is_not_made_again() {
    let site = site(ONE).bytes("content/p/a.jpg", &photo(0)).bytes("content/p/b.jpg", &photo(1));
    assert_eq!(site.outcome().decoded, 2);
    let first = made(&site);
    assert_eq!(site.outcome().decoded, 0);
    // Another output folder, so that nothing is left of the old one either.
    fs::remove_dir_all(site.path().join("public")).unwrap();
    assert_eq!(site.outcome().decoded, 0);
    assert_eq!(made(&site), first);
    // Other words about it are another picture: they are written into it.
    let site = site.file("content/p/index.md", &ONE.replace("Ala", "Ola"));
    assert_eq!(site.outcome().decoded, 1);
    let site =
        site.file("huta.toml", &format!("base_url = \"https://example.org\"\n{}", CONFIG.replace("[60, ", "[50, ")));
    assert_eq!(site.outcome().decoded, 2);
}

#[test]
fn a_clone_with_the_cache_decodes_nothing() {
    let old = site(ONE).bytes("content/p/a.jpg", &photo(0));
    assert_eq!(old.outcome().decoded, 1);
    let new = site(ONE).bytes("content/p/a.jpg", &photo(0));
    copy(&old.path().join(".cache"), &new.path().join(".cache"));
    assert_eq!(new.outcome().decoded, 0);
    assert_eq!(made(&new), made(&old));
}

#[test]
fn a_damaged_cache_is_not_believed() {
    let site = site(ONE).bytes("content/p/a.jpg", &photo(0));
    site.build();
    let first = made(&site);
    for file in walkdir::WalkDir::new(site.path().join(".cache")).into_iter().filter_map(Result::ok) {
        if file.path().extension().is_some_and(|extension| extension == "webp") {
            fs::write(file.path(), "something else").unwrap();
        }
    }
    fs::remove_dir_all(site.path().join("public")).unwrap();
    assert_eq!(site.outcome().decoded, 1);
    assert_eq!(made(&site), first);
}

#[test]
fn builds_at_once_share_a_cache() {
    let cache = tempfile::tempdir().unwrap();
    let shared = format!("default_language = \"pl\"\n[pictures]\nwidths = [60]\ncache = {:?}\n", cache.path());
    let sites: Vec<Site> = (0..4)
        .map(|_| {
            let site = site(ONE).file("huta.toml", &format!("base_url = \"https://example.org\"\n{shared}"));
            (0..6)
                .fold(site, |site, at| site.bytes(&format!("content/p/{at}.jpg"), &photo(at)))
                .bytes("content/p/a.jpg", &photo(9))
        })
        .collect();
    std::thread::scope(|scope| {
        for site in &sites {
            scope.spawn(|| assert!(site.outcome().succeeded()));
        }
    });
    assert!(sites.iter().all(|site| made(site) == made(&sites[0]) && made(site).len() == 14));
    assert_eq!(sites[0].outcome().decoded, 0);
}

#[test]
fn what_a_camera_tells_stays_at_home() {
    let mut out = vec![];
    let mut encoder = Encoder::new(&mut out, 95);
    encoder.add_exif_metadata(&exif(1, true)).unwrap();
    encoder.encode(&corners(200, 100), 200, 100, ColorType::Rgb).unwrap();
    let site = site(ONE).bytes("content/p/a.jpg", &out);
    let outcome = site.outcome();
    assert!(outcome.succeeded());
    assert!(outcome.diagnostics.iter().any(|diagnostic| diagnostic.code.as_str() == "picture-located"));
    for (name, bytes) in made(&site) {
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
        assert!(!has(b"Exif") && !has(b"EXIF"), "{name} has EXIF");
        for said in ["Ala", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "https://example.org/a"] {
            assert!(has(said.as_bytes()), "{name} does not say {said}");
        }
    }
}

/// Colours of the four corners of the smallest JPEG or PNG that was made.
fn seen(site: &Site) -> (u32, u32, [[u8; 3]; 4]) {
    let (_, bytes) = made(site).into_iter().find(|(name, _)| name.contains(".60.") && !name.contains(".webp")).unwrap();
    let picture: RgbImage = match image::guess_format(&bytes).unwrap() {
        ImageFormat::Jpeg => {
            let mut decoder = jpeg_decoder::Decoder::new(Cursor::new(&bytes));
            let pixels = decoder.decode().unwrap();
            let info = decoder.info().unwrap();
            RgbImage::from_raw(info.width.into(), info.height.into(), pixels).unwrap()
        }
        _ => image::load_from_memory(&bytes).unwrap().to_rgb8(),
    };
    let (width, height) = picture.dimensions();
    let at = |x: u32, y: u32| picture.get_pixel(x * width / 4, y * height / 4).0;
    (width, height, [at(1, 1), at(3, 1), at(1, 3), at(3, 3)])
}

fn near(seen: [[u8; 3]; 4], expected: [[u8; 3]; 4]) -> bool {
    seen.iter().flatten().zip(expected.iter().flatten()).all(|(seen, expected)| seen.abs_diff(*expected) <= 6)
}

const RED: [u8; 3] = [200, 30, 30];
const GREEN: [u8; 3] = [30, 160, 30];
const BLUE: [u8; 3] = [30, 30, 200];
const YELLOW: [u8; 3] = [220, 220, 40];

#[test]
fn every_way_to_hold_a_camera() {
    let expected = [
        (1, [RED, GREEN, BLUE, YELLOW]),
        (2, [GREEN, RED, YELLOW, BLUE]),
        (3, [YELLOW, BLUE, GREEN, RED]),
        (4, [BLUE, YELLOW, RED, GREEN]),
        (5, [RED, BLUE, GREEN, YELLOW]),
        (6, [BLUE, RED, YELLOW, GREEN]),
        (7, [YELLOW, GREEN, BLUE, RED]),
        (8, [GREEN, YELLOW, RED, BLUE]),
    ];
    for (orientation, corners_seen) in expected {
        let mut out = vec![];
        let mut encoder = Encoder::new(&mut out, 95);
        encoder.add_exif_metadata(&exif(orientation, false)).unwrap();
        encoder.encode(&corners(200, 100), 200, 100, ColorType::Rgb).unwrap();
        let site = site(ONE).bytes("content/p/a.jpg", &out);
        site.build();
        let (width, height, colours) = seen(&site);
        assert_eq!((width, height), if orientation > 4 { (60, 120) } else { (60, 30) }, "{orientation}");
        assert!(near(colours, corners_seen), "{orientation}: {colours:?}");
    }
}

#[test]
fn every_kind_of_colour() {
    // Display P3: more colourful than the same numbers in sRGB.
    let mut wide = vec![];
    let mut encoder = Encoder::new(&mut wide, 98);
    encoder.add_icc_profile(&ColorProfile::new_display_p3().encode().unwrap()).unwrap();
    encoder.encode(&[200, 100, 50].repeat(200 * 100), 200, 100, ColorType::Rgb).unwrap();
    // Ink as Adobe writes it.
    let mut ink = vec![];
    Encoder::new(&mut ink, 98).encode(&[0, 255, 255, 0].repeat(200 * 100), 200, 100, ColorType::Cmyk).unwrap();
    let mut grey = vec![];
    Encoder::new(&mut grey, 98).encode(&vec![90; 200 * 100], 200, 100, ColorType::Luma).unwrap();
    let mut deep = Cursor::new(vec![]);
    image::ImageBuffer::from_pixel(200, 100, image::Rgb([0x8000_u16, 0x4080, 0xffff]))
        .write_to(&mut deep, ImageFormat::Png)
        .unwrap();
    let mut first = Cursor::new(vec![]);
    RgbImage::from_pixel(200, 100, image::Rgb([10, 200, 90])).write_to(&mut first, ImageFormat::Gif).unwrap();
    let mut lossless = Cursor::new(vec![]);
    RgbImage::from_pixel(200, 100, image::Rgb([1, 2, 250])).write_to(&mut lossless, ImageFormat::WebP).unwrap();
    for (bytes, colour) in [
        (wide, [215, 93, 31]),
        (ink, [255, 0, 0]),
        (grey, [90, 90, 90]),
        (deep.into_inner(), [128, 64, 255]),
        (first.into_inner(), [10, 200, 90]),
        (lossless.into_inner(), [1, 2, 250]),
    ] {
        // What a file is its bytes say, not its name.
        let site = site(ONE).bytes("content/p/a.jpg", &bytes);
        site.build();
        let (.., colours) = seen(&site);
        assert!(near(colours, [colour; 4]), "{colour:?} became {colours:?}");
    }
}

#[test]
fn pictures_in_texts_are_figures() {
    let text = "![Dom i płot](a.jpg \"W lecie\")\n\nTekst ![](a.jpg) dalej i [większy](a.jpg).\n\n![Gdzie indziej](https://example.org/b.jpg)\n";
    let site = site(&format!("{ONE}{text}")).bytes("content/p/a.jpg", &photo(0));
    let html = site.build().text("p/index.html");
    let body = html.rsplit('|').next().unwrap();
    for part in [
        "<figure><picture><source",
        "alt=\"Dom i płot\" loading=\"lazy\" decoding=\"async\"",
        "<figcaption>W lecie <small>Ala, <a rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY 4.0</a></small></figcaption></figure>",
        "<p>Tekst <picture>",
        "alt=\"Dom\"",
        ".120.jpg\">większy</a>",
        "<img src=\"https://example.org/b.jpg\" alt=\"Gdzie indziej\" />",
    ] {
        assert!(body.contains(part), "{part} is not in {body}");
    }
}

#[test]
fn a_folder_is_described_once() {
    let album = "credit: { pl: Archiwum, en: Archive }\nlicence: CC0\npictures:\n  - file: a.jpg\n    alt: { pl: Dom, en: House }\n  - file: b.jpg\n    alt: { pl: Płot, en: Fence }\n    credit: Ola\n";
    let site = site("---\ntitle: P\n---\n")
        .file("content/p/index.en.md", "---\ntitle: E\ngallery:\n  - { file: b.jpg, caption: New }\n---\n")
        .file("content/p/gallery.yaml", album)
        .bytes("content/p/a.jpg", &photo(0))
        .bytes("content/p/b.jpg", &photo(1));
    let files = site.build();
    let (polish, english) = (files.text("p/index.html"), files.text("en/p/index.html"));
    assert!(polish.contains("|Dom;;Archiwum;CC0 1.0;") && polish.contains("Płot;;Ola;CC0 1.0;"), "{polish}");
    assert!(english.contains("|House;;Archive;CC0 1.0;") && english.contains("Fence;New;Ola;CC0 1.0;"), "{english}");
    assert!(!site.path().join("public/p/gallery.yaml").exists());
    // Rights are the same in every language, and so are the files.
    assert_eq!(made(&site).len(), 8);
}

#[test]
fn a_picture_of_another_page_is_the_same_picture() {
    let site = site(ONE)
        .bytes("content/p/a.jpg", &photo(0))
        .file("content/q.md", "---\ntitle: Q\n---\n![](@/p/a.jpg)\n\n[większy](@/p/a.jpg)\n");
    let html = site.build().text("q/index.html");
    assert!(html.contains("<figure><picture>") && html.contains("alt=\"Dom\"") && html.contains("Stary dom"), "{html}");
    assert!(html.contains(".120.jpg\">większy</a>") && !html.contains("/p/a.jpg"), "{html}");
}

#[test]
fn names_from_a_phone_can_stand_in_an_address() {
    let page = ONE.replace("a.jpg", "'Zdjęcie, 2 (kopia).jpg'");
    let site =
        site(&format!("{page}![](<Zdjęcie, 2 (kopia).jpg>)\n")).bytes("content/p/Zdjęcie, 2 (kopia).jpg", &photo(0));
    let html = site.build().text("p/index.html");
    let srcset = html.split("srcset=\"").nth(1).unwrap().split('"').next().unwrap();
    for address in srcset.split(", ") {
        let (address, width) = address.split_once(' ').unwrap();
        assert!(width.ends_with('w') && address.contains("/zdjecie-2-kopia."), "{srcset}");
        let path = address.strip_prefix("https://example.org/").unwrap();
        assert!(site.path().join("public").join(path).is_file(), "{path}");
    }
}

#[test]
fn without_the_table_everything_stays_as_it_is() {
    let site = site("---\ntitle: P\n---\n![Dom](a.jpg)\n")
        .file("huta.toml", "base_url = \"https://example.org\"\n")
        .bytes("content/p/a.jpg", &photo(0));
    let html = site.build().text("p/index.html");
    assert!(html.contains("<img src=\"https://example.org/p/a.jpg\" alt=\"Dom\" />"), "{html}");
    assert_eq!(fs::read(site.path().join("public/p/a.jpg")).unwrap(), photo(0));
    assert!(!site.path().join(".cache").exists());
}

#[test]
fn resized_pictures_are_kept_too_and_drawings_can_be_resized() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"><path fill=\"#c84\" d=\"M0 0h30v20H0z\"/></svg>";
    let site = site("---\ntitle: P\n---\na.svg")
        .file("content/p/a.svg", drawing)
        .file("templates/page.html", "{% set r = resize_image(path=\"content/p/a.svg\", width=120, height=63, op=\"fill\", format=\"jpg\") %}{{ r.url }}");
    assert_eq!(site.outcome().decoded, 2);
    let (_, bytes) = made(&site).into_iter().find(|(name, _)| name.contains(".jpg")).unwrap();
    let mut decoder = jpeg_decoder::Decoder::new(Cursor::new(&bytes));
    let pixels = decoder.decode().unwrap();
    assert_eq!((decoder.info().unwrap().width, decoder.info().unwrap().height), (120, 63));
    assert!(pixels.chunks(3).all(|pixel| pixel[0].abs_diff(0xcc) < 4 && pixel[2].abs_diff(0x44) < 4));
    fs::remove_dir_all(site.path().join("public")).unwrap();
    assert_eq!(site.outcome().decoded, 0);
}
