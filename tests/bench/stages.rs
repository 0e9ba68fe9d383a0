//! How long the stages of a build take, on a site of 400 pages in two languages.
//!
//! `cargo bench --bench stages`. For a whole build of a real site: `huta build --profile`.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use huta::config::{self, Config};
use huta::content::{BlockKeys, Library};
use huta::diagnostic::Diagnostics;
use huta::markdown::word_count;
use huta::memory::Memory;
use huta::profile::Profile;
use huta::publish::minify;
use huta::source::read_content;
use huta::template::Templates;
use huta::{BuildOptions, build};

const PAGES: usize = 200;

const TEXT: &str = "Plac Centralny ma kształt trapezu, a otwiera się na łąki nad Wisłą. **Aleja Róż** prowadzi od niego na północ; \
    [dalej](https://example.org) idzie się między arkadami, obok kin i księgarni.\n\n- pierwszy przystanek\n- drugi przystanek\n\n";

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it is below the root")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

fn body() -> String {
    let mut body = String::new();
    for n in 0..6 {
        let _ = write!(body, "## Rozdział {n}\n\n{}", TEXT.repeat(3));
    }
    body
}

fn site(root: &Path) {
    write(
        root,
        "huta.toml",
        "base_url = \"https://example.org\"\ndefault_language = \"pl\"\nminify_html = true\ngenerate_feeds = true\n[languages.en]\n",
    );
    let list = "<h1>{{ section.title }}</h1>{% for p in section.pages %}<a href=\"{{ p.permalink }}\">{{ p.title }}</a>{% endfor %}";
    write(root, "templates/index.html", list);
    write(root, "templates/section.html", list);
    write(
        root,
        "templates/page.html",
        "<!doctype html><html lang=\"{{ lang }}\"><head><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>\
         <ol>{% for h in page.toc %}<li>{{ h.title }}</li>{% endfor %}</ol>{{ page.content | safe }}</body></html>",
    );
    for language in ["", ".en"] {
        write(root, &format!("content/_index{language}.md"), "---\ntitle: Start\n---\n");
        write(root, &format!("content/a/_index{language}.md"), "---\ntitle: A\nsort_by: date\n---\n");
        for n in 0..PAGES {
            let day = n % 28 + 1;
            let front = format!("---\ntitle: Strona {n}\ndate: 2026-01-{day:02}\ndescription: Opis strony {n}\n---\n");
            write(root, &format!("content/a/p{n}{language}.md"), &(front + &body()));
        }
    }
}

fn stages(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let root = folder.path();
    site(root);
    let (root, file) = config::find(root, None).expect("there is a configuration");
    let config = Config::load(&root, &file, &mut Diagnostics::default()).expect("it can be read");
    let read = || read_content(&root, &config, &Memory::default(), &mut Diagnostics::default());
    c.bench_function("read files and front matter", |b| b.iter(read));
    let keys = BlockKeys { pages: &[], sections: &[] };
    c.bench_function("put pages in order", |b| {
        b.iter_batched(
            read,
            |content| Library::build(&config, content, false, keys, &mut Diagnostics::default()),
            criterion::BatchSize::LargeInput,
        );
    });
    c.bench_function("load templates", |b| {
        b.iter(|| Templates::load(&root, &config, &Profile::default(), &mut Diagnostics::default()));
    });
    let options = |output: &str, traces| BuildOptions {
        output_dir: Some(folder.path().join(output)),
        traces,
        ..BuildOptions::new(&root)
    };
    c.bench_function("build, all as it was, without a trace", |b| b.iter(|| build(&options("public", false))));
    c.bench_function("build, all as it was", |b| b.iter(|| build(&options("again", true))));
    let page = root.join("content/a/p7.md");
    let mut turn = 0;
    c.bench_function("build, one body has changed", |b| {
        b.iter(|| {
            turn += 1;
            fs::write(&page, format!("---\ntitle: Strona 7\ndate: 2026-01-08\n---\n{}{turn}", body()))
                .expect("it can be written");
            build(&options("again", true))
        });
    });
}

fn texts(c: &mut Criterion) {
    let body = body();
    let html = format!("<!doctype html><html><body><p>{}</p></body></html>", TEXT.repeat(20));
    let mut group = c.benchmark_group("texts");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("count words", |b| b.iter(|| word_count(black_box(&body), "pl")));
    group.throughput(Throughput::Bytes(html.len() as u64));
    group.bench_function("minify a page", |b| b.iter(|| minify(black_box(html.as_bytes()))));
    group.finish();
}

criterion_group!(benches, stages, texts);
criterion_main!(benches);
