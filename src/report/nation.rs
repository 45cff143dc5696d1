//! Tables and words of a world of many partnerships.

use super::ReportError;
use super::dictionary;
use super::folder::{Folder, Made};
use super::tables::{Rows, ends, number};
use crate::nation::{self, Arm, Course, Outcome, Share};
use crate::scenario::Nation;
use crate::worlds::{Stop, Stopped};
use serde_json::json;
use std::time::Instant;

/// The worlds of a nation as they went.
#[derive(Clone, Debug)]
pub struct Arms<'a> {
    /// What was simulated.
    pub nation: &'a Nation,
    /// The world without policy or programme.
    pub base: Course,
    /// Every other.
    pub others: Vec<(Arm, Course)>,
    /// The seed.
    pub seed: u64,
    /// The number of the run.
    pub run: u64,
    /// Seconds that it took.
    pub seconds: f64,
}

impl Arms<'_> {
    /// Lives every world of a nation. `step` hears of each month.
    ///
    /// # Errors
    /// If it was stopped, or a partnership cannot be founded or lived.
    pub fn live<'a>(
        nation: &'a Nation,
        seed: u64,
        run: u64,
        stop: Stop<'_>,
        mut step: impl FnMut(),
    ) -> Result<Arms<'a>, Stopped> {
        let began = Instant::now();
        let mut live = |arm| nation::live(nation, arm, seed, run, stop, |_| step());
        let base = live(Arm::Without)?;
        let others = Arm::others(nation).into_iter().map(|arm| Ok((arm, live(arm)?)));
        let others = others.collect::<Result<Vec<_>, Stopped>>()?;
        let seconds = began.elapsed().as_secs_f64();
        Ok(Arms { nation, base, others, seed, run, seconds })
    }

    /// Years of partnerships that were lived, in all worlds.
    pub fn partnership_years(&self) -> f64 {
        let months = u64::from(self.nation.months) * (1 + self.others.len() as u64);
        self.nation.partnerships() as f64 * months as f64 / 12.0
    }

    /// Makes the folder: tables, pictures, and the nation as a file.
    ///
    /// # Errors
    /// If somebody asked to stop, or the system refuses.
    pub fn write(&self, mut folder: Folder) -> Result<Made, ReportError> {
        let (nation, years) = (self.nation, self.partnership_years());
        folder.table(dictionary::NATION_MONTHS, &self.months())?;
        folder.table(dictionary::NATION_EFFECTS, &self.effects())?;
        folder.write("nation.toml", nation.to_toml().as_bytes())?;
        #[cfg(feature = "plots")]
        folder.pictures(super::pictures::nation(self, self.seed))?;
        folder.log(json!({
            "seconds": self.seconds,
            "partnership_years": years,
            "milliseconds_a_partnership_year": 1000.0 * self.seconds / years,
            "threads": rayon::current_num_threads(),
        }))?;
        let basis = json!({
            "months": nation.months, "seed": self.seed, "first": self.run,
            "partnerships": nation.partnerships(), "beyond_horizon": nation.beyond_horizon(),
        });
        folder.finish(nation, basis)
    }

    /// All of them, that without policy or programme first.
    pub fn all(&self) -> impl Iterator<Item = (Arm, &Course)> {
        let others = self.others.iter().map(|(world, course)| (*world, course));
        [(Arm::Without, &self.base)].into_iter().chain(others)
    }

    /// The classes, and all of them together.
    fn classes(&self) -> Vec<(Option<usize>, String)> {
        let classes = self.nation.classes.iter().enumerate();
        let each = classes.map(|(place, class)| (Some(place), class.name.clone()));
        each.chain([(None, "all".into())]).collect()
    }

    /// What part of the nation this is, if not all of it.
    pub fn sample(&self) -> Option<String> {
        let percent = number(100.0 * self.nation.scale);
        (self.nation.scale < 1.0).then(|| {
            format!(
                "Here are {percent} % of each class of district, at least one, and of the awards."
            )
        })
    }

    /// The table [`dictionary::NATION_MONTHS`].
    pub fn months(&self) -> Vec<u8> {
        let mut rows = Rows::headed(dictionary::NATION_MONTHS);
        for (world, course) in self.all() {
            let world = world.name(self.nation);
            for (class, name) in self.classes() {
                for month in 1..=course.months() {
                    for outcome in Outcome::ALL {
                        let share = course.share(month..=month, class, outcome);
                        if share.values == 0 {
                            continue;
                        }
                        let start =
                            [world.clone(), name.clone(), month.to_string(), outcome.name().into()];
                        let values =
                            [share.values.to_string(), number(share.mean), number(share.error)];
                        rows.push(start.into_iter().chain(values));
                    }
                }
            }
        }
        rows.bytes()
    }

    /// The table [`dictionary::NATION_EFFECTS`].
    pub fn effects(&self) -> Vec<u8> {
        let mut rows = Rows::headed(dictionary::NATION_EFFECTS);
        for (world, course) in &self.others {
            let world = world.name(self.nation);
            for (class, name) in self.classes() {
                for outcome in Outcome::ALL {
                    let share = course.less(&self.base, class, outcome);
                    if share.values == 0 {
                        continue;
                    }
                    let start = [world.clone(), name.clone(), outcome.name().into()];
                    let values = [share.mean, share.error].map(number);
                    let count = [share.values.to_string()];
                    let interval = ends(share.interval());
                    rows.push(start.into_iter().chain(count).chain(values).chain(interval));
                }
            }
        }
        rows.bytes()
    }

    /// What came of it, in lines.
    pub fn words(&self) -> Vec<String> {
        let base = &self.base;
        let months = base.months();
        // The first year is the start's.
        let settled = months.min(13)..=months;
        let percent = |share: Share| {
            let ends = share.interval_of_share().map_or(String::new(), |(low, high)| {
                format!(" ({:.1} to {:.1})", 100.0 * low, 100.0 * high)
            });
            format!("{:.1} %{ends}", 100.0 * share.mean)
        };
        let mut lines = vec![
            format!(
                "Share renegotiating at any time (role talk of three meetings at {:.0} % or more; months {} to {months}), and share alive at the end, without policy or programme:",
                100.0 * self.nation.renegotiating,
                settled.start()
            ),
            format!(
                "  {:<28} {:>12}   {:>21}   {:>21}",
                "", "partnerships", "renegotiating", "alive"
            ),
        ];
        for (class, _) in self.classes() {
            let talk = base.share(settled.clone(), class, Outcome::Renegotiating);
            let alive = base.share(months..=months, class, Outcome::Alive);
            let (title, count) = match class {
                Some(place) => {
                    let class = &self.nation.classes[place];
                    (class.title.as_str(), class.districts as usize)
                }
                None => ("all", self.nation.partnerships()),
            };
            lines.push(format!(
                "  {title:<28} {count:>12}   {:>21}   {:>21}",
                percent(talk),
                percent(alive)
            ));
        }
        for (world, course) in &self.others {
            lines.push(format!(
                "{}, against the same partnerships without, all districts:",
                world.title(self.nation)
            ));
            for outcome in Outcome::ALL {
                let share = course.less(base, None, outcome);
                if share.values > 0 {
                    let name = outcome.name().replace('_', " ");
                    let (what, unit, by, decimals) = match outcome {
                        Outcome::Work => ("work in all, a partnership".into(), "", 1.0, 2),
                        Outcome::Trust => (format!("{name}, mean over months"), "", 1.0, 4),
                        _ => (format!("{name}, mean over months"), " points", 100.0, 2),
                    };
                    let mean = by * share.mean;
                    let half = share
                        .half_width()
                        .map_or(String::new(), |half| format!(" \u{b1} {:.decimals$}", by * half));
                    lines.push(format!("  {what:<34} {mean:+.decimals$}{half}{unit}"));
                }
            }
        }
        lines.push("\u{b1}: 95 % Monte-Carlo interval; partnerships of one hub are taken as one draw. A counterfactual, not a forecast.".into());
        lines.extend(self.sample());
        lines
    }
}
