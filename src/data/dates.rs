//! When something happened: a month of the study, or a date.

use super::{Cell, Fault};
use std::fmt;

/// In which order a date with strokes has its parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// 2015-10-31, and nothing with strokes.
    #[default]
    YearFirst,
    /// 31/10/2015.
    DayFirst,
    /// 10/31/2015.
    MonthFirst,
}

impl Order {
    /// All orders.
    pub const ALL: [Order; 3] = [Order::YearFirst, Order::DayFirst, Order::MonthFirst];

    /// The words used in files.
    pub fn words(self) -> &'static str {
        ["year first", "day first", "month first"][self as usize]
    }
}

/// A month of the study from 1, or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// Whether it is a date.
    dated: bool,
    /// Months since the beginning, of the study or of the common era.
    months: i64,
    /// Day of the month; 1 if it is not said.
    day: u32,
}

impl When {
    /// A month of the study.
    pub fn month(number: u32) -> When {
        When { dated: false, months: i64::from(number), day: 1 }
    }

    /// Reads a cell.
    ///
    /// # Errors
    /// If it holds neither a month of the study nor a date in a form that is read.
    pub fn read(cell: &Cell, order: Order) -> Result<When, Fault> {
        let text = cell.text.as_str();
        if text.len() < 4 && cell.whole("").is_ok() {
            return cell.whole("a month").map(When::month);
        }
        // What follows a date is the time of day.
        let date = text.split(['T', ' ']).next().unwrap_or("");
        let mark = ['-', '.', '/'].into_iter().find(|mark| date.contains(*mark));
        let parts: Option<Vec<u32>> =
            mark.and_then(|mark| date.split(mark).map(|part| part.parse().ok()).collect());
        let year_month_day = match (mark, parts.as_deref()) {
            (_, Some([year, month])) if *year > 31 => Some((*year, *month, 1)),
            (_, Some([month, year])) if *year > 31 => Some((*year, *month, 1)),
            (_, Some([year, month, day])) if *year > 31 => Some((*year, *month, *day)),
            (Some('.'), Some([day, month, year])) => Some((*year, *month, *day)),
            (_, Some([day, month, year])) if order == Order::DayFirst => {
                Some((*year, *month, *day))
            }
            (_, Some([month, day, year])) if order == Order::MonthFirst => {
                Some((*year, *month, *day))
            }
            _ => None,
        };
        let sound = |(year, month, day): &(u32, u32, u32)| {
            (1000..=3000).contains(year) && (1..=12).contains(month) && (1..=31).contains(day)
        };
        if let Some((year, month, day)) = year_month_day.filter(sound) {
            return Ok(When {
                dated: true,
                months: i64::from(year) * 12 + i64::from(month) - 1,
                day,
            });
        }
        let strokes = matches!(parts.as_deref(), Some([a, _, _]) if *a <= 31);
        let fault = Fault::at(&cell.span, "this is no date")
            .found(format!("`{text}`"))
            .allowed("2015-10-31, 2015-10, 31.10.2015, or a month of the study, from 1");
        Err(match strokes {
            true => fault
                .help("say how dates are written: data.dates = \"month first\", or \"day first\""),
            false => fault,
        })
    }

    /// Months from another moment to this one, to the day; `None` if one is a date and one is not.
    pub fn months_since(self, other: When) -> Option<f64> {
        let days = (f64::from(self.day) - f64::from(other.day)) / 30.44;
        (self.dated == other.dated).then(|| (self.months - other.months) as f64 + days)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.dated {
            true => {
                write!(f, "{}-{:02}", self.months.div_euclid(12), self.months.rem_euclid(12) + 1)
            }
            false => write!(f, "month {}", self.months),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Order) -> Result<When, Fault> {
        When::read(&Cell { text: text.into(), span: 0..1 }, order)
    }

    #[test]
    fn a_date_is_the_same_in_every_form_that_is_read() {
        let day = read("2015-10-31", Order::YearFirst).expect("a date");
        for (text, order) in [
            ("2015-10-31T09:30:00", Order::YearFirst),
            ("2015/10/31", Order::MonthFirst),
            ("31.10.2015", Order::YearFirst),
            ("31/10/2015", Order::DayFirst),
            ("10/31/2015 09:30", Order::MonthFirst),
        ] {
            assert_eq!(read(text, order), Ok(day), "{text}");
        }
        assert_eq!(day.to_string(), "2015-10");
        assert_eq!(read("2015-12", Order::YearFirst).expect("a month").to_string(), "2015-12");
        let later = read("10.2016", Order::YearFirst).expect("a month");
        assert!(
            (later.months_since(day).expect("both dated") - (12.0 - 30.0 / 30.44)).abs() < 1e-9
        );
    }

    #[test]
    fn months_of_the_study_are_numbers_and_do_not_mix_with_dates() {
        let (third, ninth) = (When::month(3), read("9", Order::YearFirst).expect("a month"));
        assert_eq!(ninth.months_since(third), Some(6.0));
        assert_eq!(ninth.months_since(read("2015-10", Order::YearFirst).expect("a date")), None);
    }

    #[test]
    fn what_could_be_two_dates_is_none_until_the_order_is_said() {
        let fault = read("10/11/2015", Order::YearFirst).expect_err("either");
        assert!(fault.help.contains("month first"));
        for none in ["2015-13-01", "soon", "2015-10-32", "1/2", "31/10/2015", ""] {
            assert!(read(none, Order::MonthFirst).is_err(), "{none}");
        }
    }
}
