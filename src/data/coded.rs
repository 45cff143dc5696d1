//! What coded episodes come to, once somebody says what the codes mean.

use super::episodes::{Episodes, is_passing};
use super::{Cell, Fault, alike};
use std::collections::{BTreeMap, BTreeSet};

/// What a code means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Role negotiation.
    Roles,
    /// Substantive joint work.
    Work,
    /// Other business.
    Other,
    /// Roles were mentioned in passing.
    InPassing,
    /// A proposal about roles was refused.
    Refused,
    /// The episode was opened by this side.
    Opened(String),
    /// A contribution about roles of this kind.
    Kind(String),
    /// Nothing here.
    Nothing,
}

/// What codes and names mean.
#[derive(Clone, Debug, Default)]
pub struct Codebook {
    /// Codes in lower case.
    pub codes: BTreeMap<String, Meaning>,
    /// Sides and seats in lower case: the side that each is, or belongs to.
    pub sides: BTreeMap<String, String>,
}

/// A meeting, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Its number.
    pub meeting: u32,
    /// Episodes in all.
    pub episodes: u32,
    /// Those that were role negotiation.
    pub roles: u32,
    /// Those that were substantive work.
    pub work: u32,
    /// Those that mentioned roles in passing.
    pub in_passing: u32,
    /// Those in which a proposal about roles was refused.
    pub refused: u32,
}

/// A study's episodes, counted.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Coded {
    /// By meeting, those with episodes alone.
    pub meetings: Vec<Counts>,
    /// Episodes of role negotiation, and others, that each side opened.
    pub opened: BTreeMap<String, [u32; 2]>,
    /// Episodes of which it is not said who opened them.
    pub opened_by_nobody: u32,
    /// Episodes of role negotiation that have each kind of contribution.
    pub kinds: BTreeMap<String, u32>,
    /// Codes that mean nothing yet: how many episodes have each.
    pub unmapped: BTreeMap<String, u32>,
    /// Codes that mean something and that no episode has.
    pub unused: Vec<String>,
    /// Episodes that no code says to be roles, work or other business; they count as the latter.
    pub without_topic: u32,
    /// Whether some episode says that roles are central, or in passing.
    pub says_centrality: bool,
}

impl Coded {
    /// Counts episodes.
    ///
    /// # Errors
    /// If an episode was opened by somebody unknown, by two sides, or is neither central nor in
    /// passing.
    pub fn of(episodes: &Episodes, book: &Codebook) -> Result<Coded, Fault> {
        let mut coded = Coded::default();
        let mut used: BTreeSet<String> = BTreeSet::new();
        let mut by_meeting: BTreeMap<u32, Counts> = BTreeMap::new();
        for episode in &episodes.episodes {
            let mut means: BTreeSet<&Meaning> = BTreeSet::new();
            for code in &episode.codes {
                used.insert(alike(&code.text));
                match book.codes.get(&alike(&code.text)) {
                    Some(meaning) => _ = means.insert(meaning),
                    None => *coded.unmapped.entry(code.text.clone()).or_default() += 1,
                }
            }
            let raised = means.contains(&Meaning::Roles);
            let passing = match episode.centrality.as_ref().filter(|_| raised) {
                Some(cell) => in_passing(cell)?,
                None => false,
            };
            let roles = raised && !passing;
            coded.says_centrality |= episode.centrality.is_some();
            let of = by_meeting.entry(episode.meeting).or_default();
            of.meeting = episode.meeting;
            of.episodes += 1;
            of.roles += u32::from(roles);
            of.work += u32::from(!roles && means.contains(&Meaning::Work));
            of.in_passing += u32::from(!roles && (passing || means.contains(&Meaning::InPassing)));
            of.refused += u32::from(means.contains(&Meaning::Refused));
            let topics = [Meaning::Roles, Meaning::Work, Meaning::Other, Meaning::InPassing];
            coded.without_topic += u32::from(!topics.iter().any(|topic| means.contains(topic)));
            for meaning in means.iter().filter(|_| roles) {
                if let Meaning::Kind(kind) = meaning {
                    *coded.kinds.entry(kind.clone()).or_default() += 1;
                }
            }
            match opener(episode.initiator.as_ref(), &means, book)? {
                Some(side) => coded.opened.entry(side).or_default()[usize::from(!roles)] += 1,
                None => coded.opened_by_nobody += 1,
            }
        }
        coded.meetings = by_meeting.into_values().collect();
        let unused = book.codes.keys().filter(|code| !used.contains(*code));
        coded.unused = unused.cloned().collect();
        Ok(coded)
    }

    /// Sums over the meetings.
    pub fn total(&self, of: impl Fn(&Counts) -> u32) -> u32 {
        self.meetings.iter().map(of).sum()
    }
}

fn in_passing(cell: &Cell) -> Result<bool, Fault> {
    match alike(&cell.text).as_str() {
        "central" => Ok(false),
        text if is_passing(text) => Ok(true),
        _ => Err(Fault::at(&cell.span, "an episode is neither central nor in passing")
            .found(format!("`{}`", cell.text))
            .allowed("central, in passing (or peripheral, mentioned)")),
    }
}

/// The side that opened an episode: by its own column, or else by its codes.
fn opener(
    cell: Option<&Cell>,
    means: &BTreeSet<&Meaning>,
    book: &Codebook,
) -> Result<Option<String>, Fault> {
    if let Some(cell) = cell {
        return match book.sides.get(&alike(&cell.text)) {
            Some(side) => Ok(Some(side.clone())),
            None => Err(Fault::at(&cell.span, "an episode was opened by somebody unknown")
                .found(format!("`{}`", cell.text))
                .allowed("a side or a seat")
                .help("say whose side that is: [data.sides] SIDE = [\"NAME\"]")
                .not_among(&cell.text, book.sides.keys().cloned())),
        };
    }
    let sides = means.iter().filter_map(|meaning| match meaning {
        Meaning::Opened(side) => Some(side.clone()),
        _ => None,
    });
    let sides: Vec<String> = sides.collect();
    // Opened by both is opened by neither alone.
    Ok(<[String; 1]>::try_from(sides).ok().map(|[side]| side))
}

#[cfg(test)]
mod tests {
    use super::super::episodes::Columns;
    use super::*;

    fn book() -> Codebook {
        let code = |(code, meaning): (&str, Meaning)| (code.to_owned(), meaning);
        Codebook {
            codes: [
                ("who we are", Meaning::Roles),
                ("roles", Meaning::Roles),
                ("work", Meaning::Work),
                ("mention", Meaning::InPassing),
                ("no", Meaning::Refused),
                ("opened: d", Meaning::Opened("district".into())),
                ("story", Meaning::Kind("history".into())),
                ("never used", Meaning::Other),
            ]
            .map(code)
            .into(),
            sides: [("d", "district"), ("boss", "district"), ("p", "partner")]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .into(),
        }
    }

    fn coded(text: &str) -> Result<Coded, Fault> {
        Coded::of(&Episodes::read(text, &Columns::default()).expect("episodes"), &book())
    }

    #[test]
    fn several_codes_may_mean_one_thing_and_some_nothing() {
        let found = coded("meeting,episode,code\n1,1,Who we are\n1,1,roles\n1,1,story\n1,2,work\n1,3,weather\n2,1,mention\n2,2,no\n2,2,roles\n2,2,opened: D\n").expect("counts");
        let [first, second] = found.meetings[..] else { panic!("two meetings") };
        assert_eq!((first.episodes, first.roles, first.work), (3, 1, 1));
        assert_eq!(
            (second.episodes, second.roles, second.in_passing, second.refused),
            (2, 1, 1, 1)
        );
        assert_eq!(found.unmapped, BTreeMap::from([("weather".to_owned(), 1)]));
        assert_eq!((found.unused, found.without_topic), (vec!["never used".to_owned()], 1));
        assert_eq!(found.opened, BTreeMap::from([("district".to_owned(), [1, 0])]));
        assert_eq!((found.opened_by_nobody, found.kinds["history"]), (4, 1));
    }

    #[test]
    fn roles_in_passing_are_no_role_negotiation() {
        let found = coded("meeting,episode,code,centrality,initiator\n1,1,roles,central,Boss\n1,2,roles,peripheral,p\n1,3,work,,\n").expect("counts");
        let counts = found.meetings[0];
        assert_eq!((counts.episodes, counts.roles, counts.in_passing), (3, 1, 1));
        assert_eq!(found.opened["district"], [1, 0]);
        assert_eq!((found.opened["partner"], found.opened_by_nobody), ([0, 1], 1));
    }

    #[test]
    fn an_unknown_opener_and_an_odd_centrality_are_told() {
        let fault = coded("meeting,episode,code,initiator\n1,1,work,bos\n").expect_err("nobody");
        assert_eq!(fault.unknown.as_deref(), Some("bos"));
        assert!(fault.known.contains(&"boss".to_owned()));
        let odd = coded("meeting,episode,code,centrality\n1,1,roles,often\n").expect_err("odd");
        assert!(odd.allowed.contains("central"));
    }
}
