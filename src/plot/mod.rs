//! Pictures of what a simulation gave, for a paper or a memo.
//!
//! Each picture is a plain struct of what to show; its `draw` gives it as SVG
//! and as PNG in memory. Same input, same bytes: the font is embedded and
//! nothing is asked of the machine. Simulated worlds are drawn in colour,
//! published facts in black, and every colour also differs in shape, weight or
//! lightness, so that the pictures survive a grey printer.

mod aligned;
mod axes;
mod bars;
mod canvas;
mod contour;
mod curve;
mod curves;
mod dots;
mod facts;
mod fan;
mod forest;
mod glance;
mod grid;
mod heat;
mod layout;
mod looks;
mod marks;
mod multiples;
mod page;
mod places;
mod plane;
mod png;
mod quantity;
mod response;
mod rows;
mod shades;
mod strip;
mod survival;
#[cfg(test)]
mod tests;
mod text;
mod time;

pub use aligned::AlignedPicture;
pub use axes::written;
pub use bars::{Bar, BarRow, BarsPicture};
pub use curve::{CurvePicture, LineMark};
pub use dots::{DotGroup, DotKind, DotMark, DotPicture, DotRow, DotSeries};
pub use forest::{ForestGroup, ForestLegend, ForestPicture, ForestRow};
pub use glance::GlancePicture;
pub use grid::{GridPanel, GridPicture};
pub use heat::{HeatAxis, HeatCell, HeatLevels, HeatPicture};
pub use plane::{PlanePicture, PlanePoint};
pub use quantity::Quantity;
pub use response::{ResponsePanel, ResponsePicture};
pub use survival::{AtRisk, SurvivalPicture};
pub use time::{MeetingPlace, MonthPlace, Place};

/// A finished picture, twice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Image {
    /// The picture as an SVG document.
    pub svg: String,
    /// The same picture as the bytes of a PNG file, at twice the SVG's size.
    pub png: Vec<u8>,
    /// Lines of text with characters that the font of the PNG lacks: it shows a
    /// box for each; the SVG keeps them, for whoever has a font.
    pub unseen: Vec<String>,
}

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PlotError(String);

/// Role share by meeting as a quantile fan, with the twin world below it on
/// the same scales, and published facts drawn as facts.
///
/// Its axis counts meetings, and takes nothing else:
///
/// ```
/// use rppsim::ids::Meeting;
/// use rppsim::plot::{FanPicture, SpanMark};
///
/// fn mark(picture: &mut FanPicture) {
///     let (from, to) = (Meeting(6).into(), Meeting(7).into());
///     picture.markers.push(SpanMark { from, to, label: "newcomers".into() });
/// }
/// ```
///
/// Months do not compile there, since only the calendar of a scenario says which meeting is held
/// in a month:
///
/// ```compile_fail,E0277
/// use rppsim::ids::Month;
/// use rppsim::plot::{FanPicture, SpanMark};
///
/// fn mark(picture: &mut FanPicture) {
///     let (from, to) = (Month(6).into(), Month(7).into());
///     picture.markers.push(SpanMark { from, to, label: "newcomers".into() });
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct FanPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "1,000 runs, seed 1".
    pub subtitle: String,
    /// What runs to the right, such as "meeting".
    pub x_label: String,
    /// What runs upwards, such as "share of episodes about roles".
    pub y_label: String,
    /// Upper end of the vertical axis, raised where a fact lies above it; the
    /// lower end is 0.
    pub y_max: f64,
    /// What kind of number it counts.
    pub y_quantity: Quantity,
    /// What the pale band holds, such as "9 runs in 10".
    pub outer: String,
    /// One or two worlds, the variant first and its twin second.
    pub fans: Vec<Fan<MeetingPlace>>,
    /// What is published about the real case; labelled in the first panel and
    /// repeated without labels in the others.
    pub facts: Vec<Fact>,
    /// What was observed meeting by meeting, in the first world's panel.
    pub observed: Vec<Observed>,
    /// Stretches of time that matter in the first world, such as the meetings
    /// at which newcomers arrive.
    pub markers: Vec<SpanMark<MeetingPlace>>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// The distribution over the runs of one world.
#[derive(Clone, Debug, Default)]
pub struct Fan<X = f64> {
    /// Name of the world.
    pub label: String,
    /// One point for each meeting or month; one that is not finite leaves a gap.
    pub points: Vec<FanPoint<X>>,
}

/// Quantiles and mean over the runs at one meeting or month.
#[derive(Clone, Copy, Debug)]
pub struct FanPoint<X = f64> {
    /// Where it lies.
    pub x: X,
    /// Fifth percentile.
    pub p05: f64,
    /// First quartile.
    pub p25: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub p75: f64,
    /// Ninety-fifth percentile.
    pub p95: f64,
    /// Mean.
    pub mean: f64,
}

/// Something published about the real case, or inferred from what is.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A published value at one meeting.
    Point {
        /// Meeting.
        x: MeetingPlace,
        /// Value.
        y: f64,
        /// Text beside the mark, such as "published: 5 of 7 (71 %)".
        label: String,
    },
    /// A level over a range of meetings.
    Span {
        /// First meeting.
        from: MeetingPlace,
        /// Last meeting.
        to: MeetingPlace,
        /// Level.
        y: f64,
        /// Lower end of a published or feasible range.
        low: Option<f64>,
        /// Upper end of that range.
        high: Option<f64>,
        /// Whether the level is inferred rather than published; drawn dashed.
        inferred: bool,
        /// Text beside the mark.
        label: String,
    },
}

/// A value observed in the real case at one meeting.
#[derive(Clone, Copy, Debug)]
pub struct Observed {
    /// Meeting.
    pub x: MeetingPlace,
    /// Value.
    pub y: f64,
    /// Its sampling interval, if it is known.
    pub interval: Option<(f64, f64)>,
}

/// A value and its interval at one place of a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct BandPoint {
    /// Where it lies on the horizontal axis, such as the month.
    pub x: f64,
    /// The value; not finite to leave a gap.
    pub y: f64,
    /// Lower end of its interval; not finite if there is none.
    pub low: f64,
    /// Upper end of its interval; not finite if there is none.
    pub high: f64,
}

impl BandPoint {
    /// A value with half of its interval; a half that is not finite means that there is none.
    pub fn around(x: f64, y: f64, half: f64) -> Self {
        Self { x, y, low: y - half, high: y + half }
    }
}

/// A line with its band.
#[derive(Clone, Debug, Default)]
pub struct BandSeries {
    /// Its name in the legend, which should say what the band is.
    pub label: String,
    /// Its points.
    pub points: Vec<BandPoint>,
}

/// A stretch of an axis, such as of time, with a name.
#[derive(Clone, Debug)]
pub struct SpanMark<X = f64> {
    /// Where it begins.
    pub from: X,
    /// Where it ends.
    pub to: X,
    /// Its name.
    pub label: String,
}

/// One run as a strip: a column for each meeting, a cell for each coded
/// episode, the first at the bottom, and events above.
#[derive(Clone, Debug, Default)]
pub struct StripPicture {
    /// Heading; wraps or shrinks when long.
    pub title: String,
    /// Second line, such as "run 17 of 1,000, seed 1".
    pub subtitle: String,
    /// The meetings in the order in which they were held.
    pub meetings: Vec<StripMeeting>,
    /// What happened around them. Labels that do not fit are counted instead;
    /// their marks stay.
    pub events: Vec<StripEvent>,
    /// What must not be read into the picture.
    pub footnote: String,
}

/// The coded episodes of one meeting.
#[derive(Clone, Debug, Default)]
pub struct StripMeeting {
    /// The number under the column.
    pub number: u32,
    /// The episodes in the order in which they took place.
    pub episodes: Vec<StripEpisode>,
}

/// What an episode was coded as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripTopic {
    /// Role negotiation.
    Roles,
    /// Substantive work.
    Work,
    /// Other business.
    Other,
}

/// One coded episode.
#[derive(Clone, Copy, Debug)]
pub struct StripEpisode {
    /// Its topic.
    pub topic: StripTopic,
    /// Whether roles were mentioned in passing; drawn as a dot in the cell.
    pub peripheral: bool,
}

/// What kind of thing happened; each kind has a mark of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripEventKind {
    /// Somebody joined.
    Arrival,
    /// Somebody left.
    Departure,
    /// The partners settled a question of roles.
    Settlement,
    /// The partnership ended.
    End,
    /// Anything else.
    Other,
}

/// Something that happened at or between meetings.
#[derive(Clone, Debug)]
pub struct StripEvent {
    /// At or between which meetings.
    pub at: MeetingPlace,
    /// What kind of thing it was.
    pub kind: StripEventKind,
    /// What to write above it.
    pub label: String,
}
