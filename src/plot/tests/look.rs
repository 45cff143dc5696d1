//! The pictures of the tests: that their words do not overlap, and as files to
//! be looked at.

use super::super::*;
use super::{fan, fields, figures, in_rows, series, strip, texts};

fn all() -> Vec<(&'static str, Image)> {
    let pictures: Vec<(&str, Result<Image, PlotError>)> = vec![
        ("fan", fan(17).draw()),
        ("strip", strip(17, 5).draw()),
        ("dots", figures::dots(8, false).draw()),
        ("grid", figures::grid(7, 17).draw()),
        ("aligned", figures::aligned().draw()),
        ("forest", in_rows::forest(6, 5).draw()),
        ("forest_small", in_rows::forest(2, 3).draw()),
        ("bars", in_rows::bars(2, 14).draw()),
        ("bars_one", in_rows::bars(1, 6).draw()),
        ("heat", fields::heat(7, 6).draw()),
        ("heat_full", fields::heat(12, 12).draw()),
        ("heat_many", fields::heat(40, 30).draw()),
        ("heat_named", fields::named_heat().draw()),
        ("plane", fields::plane(12).draw()),
        ("plane_many", fields::plane(34).draw()),
        ("response", series::response(6, 3, 48).draw()),
        ("response_many", series::response(5, 5, 48).draw()),
        ("curve", series::curve(2, 11).draw()),
        ("curve_many", series::curve(8, 11).draw()),
        ("survival", series::survival(3, 61).draw()),
        ("survival_many", series::survival(8, 61).draw()),
    ];
    pictures.into_iter().map(|(name, image)| (name, image.expect(name))).collect()
}

#[test]
fn words_do_not_overlap() {
    for (name, image) in all() {
        let texts = texts(&image.svg);
        assert!(texts.len() > 5, "{name}");
        for (i, (words, area)) in texts.iter().enumerate() {
            for (others, other) in &texts[i + 1..] {
                assert!(places::apart(area, other), "{name}: {words} and {others}");
            }
        }
    }
}

#[test]
#[ignore = "writes files into the folder named by RPPSIM_LOOK"]
fn pictures_to_look_at() {
    let folder = std::env::var("RPPSIM_LOOK").expect("RPPSIM_LOOK names a folder");
    let folder = std::path::Path::new(&folder);
    std::fs::create_dir_all(folder).expect("a folder");
    for (name, image) in all() {
        std::fs::write(folder.join(format!("{name}.png")), image.png).expect("a file");
        std::fs::write(folder.join(format!("{name}.svg")), image.svg).expect("a file");
    }
}
