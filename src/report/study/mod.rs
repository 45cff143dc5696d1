//! A study of one's own: what was understood of its tables, and tables in the forms that studies
//! have.

pub mod forms;
mod told;

pub use told::{Leaving, leaving, told};

use super::ReportError;
use super::dictionary;
use super::folder::{Folder, Made};
use super::summary::published;
use super::tables::{Rows, ends, number, optional};
use crate::scenario::World;
use crate::scenario::data::Understood;
use crate::scenario::patterns::Pattern;
use serde_json::{Value, json};

/// The patterns of a world that its data made.
pub fn patterns<'w>(
    world: &'w World,
    understood: &'w Understood,
) -> impl Iterator<Item = &'w Pattern> {
    world.patterns.iter().filter(|pattern| understood.patterns.contains(&pattern.name))
}

/// What was understood, for programs.
pub fn to_json(world: &World, understood: &Understood) -> Value {
    let patterns = patterns(world, understood).map(|pattern| {
        json!({
            "pattern": pattern.name,
            "title": pattern.title,
            "published": pattern.published,
            "count": pattern.count,
            "sd": pattern.sd,
            "use": pattern.used_for,
        })
    });
    let episodes = understood.episodes.as_ref().map(|(episodes, coded)| {
        json!({
            "meetings": episodes.meetings.iter().map(|m| json!({ "number": m.number, "name": m.name, "when": m.when.map(|when| when.to_string()) })).collect::<Vec<_>>(),
            "episodes": coded.total(|c| c.episodes),
            "roles": coded.total(|c| c.roles),
            "work": coded.total(|c| c.work),
            "in_passing": coded.total(|c| c.in_passing),
            "refused": coded.total(|c| c.refused),
            "opened": coded.opened,
            "unmapped_codes": coded.unmapped,
            "unused_codes": coded.unused,
        })
    });
    let waves = understood.waves.iter().map(|wave| {
        json!({
            "wave": wave.name,
            "interview": wave.interview,
            "asked": wave.asked,
            "named": wave.named.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        })
    });
    json!({
        "episodes": episodes,
        "waves": waves.collect::<Vec<_>>(),
        "tenures": understood.tenures,
        "leaving": leaving(understood),
        "patterns": patterns.collect::<Vec<_>>(),
        "notes": understood.notes,
    })
}

/// The table [`dictionary::OBSERVED`].
fn observed_table(world: &World, understood: &Understood) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::OBSERVED);
    for pattern in patterns(world, understood) {
        let (k, n) = pattern.count.map_or((None, None), |(k, n)| (Some(k), Some(n)));
        let whole = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
        let start = [
            pattern.name.clone(),
            pattern.title.clone(),
            pattern.measure.name.clone(),
            published(&pattern.published),
            whole(k),
            whole(n),
            optional(pattern.sampling_sd()),
        ];
        let end = [pattern.used_for.word().to_owned()];
        rows.push(start.into_iter().chain(ends(pattern.sampling_interval())).chain(end));
    }
    rows.bytes()
}

/// The table [`dictionary::LEAVING`].
fn leaving_table(understood: &Understood) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::LEAVING);
    for of in leaving(understood) {
        let start = [of.called.clone(), of.level.clone().unwrap_or_default(), of.exits.to_string()];
        let numbers = [
            of.years,
            of.rate,
            of.rate_95.0,
            of.rate_95.1,
            of.yearly,
            of.yearly_95.0,
            of.yearly_95.1,
        ];
        rows.push(start.into_iter().chain(numbers.map(number)));
    }
    rows.bytes()
}

/// Makes the folder of a study: what was understood in words, the patterns that follow, how often
/// seats were left, and pictures.
///
/// # Errors
/// If somebody asked to stop, or the system refuses.
pub fn write(
    mut folder: Folder,
    world: &World,
    understood: &Understood,
) -> Result<Made, ReportError> {
    folder.table(dictionary::OBSERVED, &observed_table(world, understood))?;
    if !understood.levels.is_empty() {
        folder.table(dictionary::LEAVING, &leaving_table(understood))?;
    }
    folder.write("understood.txt", (told(world, understood).join("\n") + "\n").as_bytes())?;
    folder.write("scenario.toml", world.to_toml().as_bytes())?;
    #[cfg(feature = "plots")]
    folder.pictures(super::pictures::observed(world, understood))?;
    folder.log(json!({}))?;
    folder.finish(world, json!({ "beyond_horizon": world.beyond_horizon() }))
}
