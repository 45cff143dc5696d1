//! What is followed month by month.

use super::record::RunRecord;

/// A quantity that is followed month by month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Followed {
    /// Share of the month's episodes that were role negotiation.
    RoleShare,
    /// Work done in the month.
    Work,
    /// Role clarity of the team.
    Clarity,
    /// Trust of the team.
    Trust,
    /// Uncertainty of the team about the other organizations.
    Uncertainty,
    /// Questions left open.
    OpenQuestion,
    /// Share of the month's episodes that were substantive work.
    Substance,
}

impl Followed {
    /// Its name in tables.
    pub fn word(self) -> &'static str {
        [
            "role_share",
            "work_in_month",
            "clarity",
            "trust",
            "uncertainty",
            "open_question",
            "substance",
        ][self as usize]
    }

    /// Its title for people, with its unit.
    pub fn title(self) -> &'static str {
        [
            "share of episodes about roles",
            "work done in the month",
            "role clarity of the team (0 to 1)",
            "trust of the team (0 to 1)",
            "uncertainty of the team (0 to 1)",
            "open questions (tension)",
            "share of episodes of substantive work",
        ][self as usize]
    }

    /// Its value in a month of a run, by the month's place from 0; `None` after the partnership
    /// has ended, or if there is nothing to measure.
    pub fn of(self, run: &RunRecord, place: usize) -> Option<f64> {
        let month = run.months.get(place).filter(|month| month.alive)?;
        let share = |of: fn(&super::meetings::MeetingRecord) -> u32| {
            let held = run.meetings.iter().filter(|m| m.month == month.month);
            let (part, all) = held.fold((0, 0), |(part, n), m| (part + of(m), n + m.episodes));
            (all > 0).then(|| f64::from(part) / f64::from(all))
        };
        match self {
            Followed::RoleShare => share(|m| m.roles),
            Followed::Substance => share(|m| m.work),
            Followed::Work => {
                let before = place.checked_sub(1).map_or(0.0, |place| run.months[place].work);
                Some(month.work - before)
            }
            Followed::Clarity => Some(month.clarity),
            Followed::Trust => Some(month.trust),
            Followed::Uncertainty => Some(month.uncertainty),
            Followed::OpenQuestion => Some(month.open_question),
        }
    }
}
