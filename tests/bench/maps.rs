//! How long maps take: the guide's own, and how the time grows with what is in the frame.
//!
//! `cargo bench --bench maps`

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use huta::diagnostic::Diagnostics;
use huta::guide::Coordinates;
use huta::map::{BaseMap, Feature, Frame, Geometry, Mark, Network, Route, Subject, draw};

/// Stops from plac Centralny to Arka Pana.
const STOPS: [[f64; 2]; 6] = [
    [50.07121, 20.03707],
    [50.07519, 20.03844],
    [50.07555, 20.04541],
    [50.07921, 20.03531],
    [50.08036, 20.03375],
    [50.08499, 20.02935],
];

fn base_map() -> BaseMap {
    let mut diagnostics = Diagnostics::default();
    let map = BaseMap::load(Path::new(env!("CARGO_MANIFEST_DIR")), &mut diagnostics);
    assert!(!diagnostics.has_errors());
    map.expect("the guide has a base map")
}

fn mark(at: [f64; 2], number: Option<usize>, main: bool) -> Mark {
    let url = (!main).then(|| "/x/".to_string());
    Mark { at: Coordinates(at), name: format!("Przystanek {at:?}"), kind: "place", number, url, main }
}

fn tour(map: &BaseMap) -> Subject {
    let stops = STOPS.map(Coordinates);
    let route = Route::past(&stops, &Network::new(map)).expect("there are streets");
    let route: Vec<Vec<Coordinates>> = route.legs.into_iter().flatten().map(|leg| leg.points).collect();
    let frame = Frame::round(route.iter().flatten().copied(), 0.08, 400.0).expect("there are points");
    let marks = STOPS.iter().enumerate().map(|(at, stop)| mark(*stop, Some(at + 1), true)).collect();
    Subject { route, marks, ..Subject::new(frame, "pl", 4) }
}

fn overview() -> Subject {
    let frame = Frame::at(Coordinates([50.075, 20.045]), [5000.0, 3500.0]);
    // Forty pages, spread the same way every time.
    let marks = (0..40u32)
        .map(|at| {
            let (x, y) = (f64::from(at * 37 % 40), f64::from(at * 23 % 40));
            mark([50.062 + y * 0.0006, 20.018 + x * 0.0013], None, false)
        })
        .collect();
    Subject { marks, ..Subject::new(frame, "en", 5) }
}

fn inset() -> Subject {
    let frame = Frame::at(Coordinates([50.07197, 20.0374]), [640.0, 480.0]);
    let marks = vec![mark([50.07197, 20.0374], None, true)];
    Subject { marks, ..Subject::new(frame, "pl", 3) }
}

/// The same town so many times over, each a little aside and with names of its own.
fn denser(map: &BaseMap, times: u32) -> BaseMap {
    let shifted = |feature: &Feature, time: u32| {
        let (dx, dy) = (f64::from(time * 7919 % 101) * 1e-5, f64::from(time * 104_729 % 103) * 1e-5);
        let point = |at: &Coordinates| Coordinates([at.latitude() + dy, at.longitude() + dx]);
        let line = |line: &Vec<Coordinates>| line.iter().map(point).collect::<Vec<_>>();
        let geometry = match &feature.geometry {
            Geometry::Point(at) => Geometry::Point(point(at)),
            Geometry::Lines(lines) => Geometry::Lines(lines.iter().map(line).collect()),
            Geometry::Areas(areas) => {
                Geometry::Areas(areas.iter().map(|rings| rings.iter().map(line).collect()).collect())
            }
        };
        let name = feature.name.as_ref().map(|name| format!("{name} {time}"));
        Feature { name, bounds: geometry.bounds(), geometry, ..feature.clone() }
    };
    let features = (0..times).flat_map(|time| map.features.iter().map(move |feature| shifted(feature, time))).collect();
    BaseMap { features, ..map.clone() }
}

fn guide(criterion: &mut Criterion) {
    let map = base_map();
    let mut group = criterion.benchmark_group("map");
    for (name, subject) in [("tour", tour(&map)), ("inset", inset()), ("overview", overview())] {
        group.bench_function(name, |bencher| bencher.iter(|| black_box(draw(&map, &subject).inline("map", "t", "d"))));
    }
    group.finish();
}

fn growth(criterion: &mut Criterion) {
    let map = base_map();
    let mut group = criterion.benchmark_group("features");
    group.sample_size(10);
    for times in [1, 10, 100] {
        let denser = denser(&map, times);
        group.throughput(Throughput::Elements(denser.features.len() as u64));
        for (name, subject) in [("tour", tour(&map)), ("overview", overview())] {
            group.bench_with_input(BenchmarkId::new(name, times), &denser, |bencher, map| {
                bencher.iter(|| black_box(draw(map, &subject).inline("map", "t", "d")));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, guide, growth);
criterion_main!(benches);
