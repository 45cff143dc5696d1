//! Progress on standard error: a bar on a terminal, plain lines elsewhere.

use super::outcome::note;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// How often a plain line is printed.
const EVERY: Duration = Duration::from_secs(5);

pub struct Progress {
    what: &'static str,
    bar: Option<ProgressBar>,
    done: u64,
    of: u64,
    began: Instant,
    told: Instant,
    /// When the first steps were seen, and how many: runs come in blocks, so that only what follows
    /// says how fast they come.
    first: Option<(Instant, u64)>,
}

impl Progress {
    pub fn begin(what: &'static str, of: u64) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(of), ProgressDrawTarget::stderr());
            let style =
                ProgressStyle::with_template("{msg} {bar:30} {human_pos} of {human_len}{prefix}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(what);
            bar
        });
        Progress {
            what,
            bar,
            done: 0,
            of,
            began: Instant::now(),
            told: Instant::now(),
            first: None,
        }
    }

    /// How many a second, and the seconds left; none before there is anything to tell it by.
    fn pace(&self) -> Option<(f64, f64)> {
        let (then, done) = self.first?;
        let seconds = then.elapsed().as_secs_f64();
        let rate = (self.done - done) as f64 / seconds;
        let told = seconds >= 1.0 && rate > 0.0;
        told.then(|| (rate, self.of.saturating_sub(self.done) as f64 / rate))
    }

    pub fn step(&mut self) {
        self.steps(1);
    }

    pub fn steps(&mut self, count: u64) {
        self.done += count;
        let pace = self.pace();
        self.first.get_or_insert((Instant::now(), self.done));
        let pace = pace.map(|(rate, left)| format!(" ({rate:.0} a second, {left:.0} s left)"));
        match &self.bar {
            Some(bar) => {
                bar.inc(count);
                bar.set_prefix(pace.unwrap_or_default());
            }
            None if self.told.elapsed() >= EVERY => {
                self.told = Instant::now();
                let (what, done, of) = (self.what, self.done, self.of);
                note(&format!("{what}: {done} of {of}{}", pace.unwrap_or_default()));
            }
            None => {}
        }
    }

    /// Ends it and gives the seconds it took.
    pub fn end(self) -> f64 {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.began.elapsed().as_secs_f64()
    }
}
