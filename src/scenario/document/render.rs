//! Draws problems as plain text, in the manner of a compiler.
//!
//! Our own few lines rather than a diagnostics crate: ariadne 0.6 also ends lines at the separators
//! U+2028 and U+000B, which neither TOML nor editors count, so that its line numbers can be wrong; it
//! draws a line of a million columns whole, and hands control characters on to the terminal.

use std::fmt::{self, Write};
use std::ops::Range;

use super::{Place, Problem};

/// The widest line that is drawn whole, in columns.
const WIDEST: usize = 200;
/// Columns kept before the mark when a wide line is cut.
const BEFORE: usize = 60;
/// Columns that a tab takes in the drawing.
const TAB: usize = 4;

/// Draws one problem; it ends with a line end.
pub(super) fn problem(problem: &Problem, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let lines = problem.place.iter();
    let lines = lines.chain(problem.note_places.iter().map(|(place, _)| place));
    let margin = lines.map(|p| digits(p.line())).max().unwrap_or(1);
    writeln!(f, "error: {}", clean(&problem.message, 7))?;
    if let Some(place) = &problem.place {
        excerpt(f, place, margin)?;
    }
    let facts = [("found", &problem.found), ("allowed", &problem.allowed), ("help", &problem.help)];
    for (name, fact) in facts {
        if let Some(fact) = fact {
            let indent = margin + 5 + name.len();
            writeln!(f, "{:margin$} = {name}: {}", "", clean(fact, indent))?;
        }
    }
    for (place, text) in &problem.note_places {
        writeln!(f, "note: {}", clean(text, 6))?;
        excerpt(f, place, margin)?;
    }
    Ok(())
}

/// `file:line:column`, the line, and the mark under it.
fn excerpt(f: &mut fmt::Formatter<'_>, place: &Place, margin: usize) -> fmt::Result {
    writeln!(f, "{:margin$}--> {}", "", clean(&place.to_string(), 0))?;
    let (line, mark) = place.line_and_mark();
    let (drawn, marks) = drawing(line, mark);
    writeln!(f, "{:margin$} |", "")?;
    writeln!(f, "{:>margin$} | {}", place.line(), drawn)?;
    let carets = "^".repeat(marks.len());
    writeln!(f, "{:margin$} | {:skip$}{carets}", "", "", skip = marks.start)
}

/// A line as it can be shown in a terminal, and the columns under which the mark belongs.
fn drawing(line: &str, mark: Range<usize>) -> (String, Range<usize>) {
    let mut cells: Vec<(String, usize)> = Vec::new();
    let mut marked = 0..0;
    let (mut column, mut after_mark) = (0, 0);
    for (byte, character) in line.char_indices() {
        if byte == mark.start {
            marked.start = column;
        }
        let (cell, width) = cell(character);
        cells.push((cell, width));
        column += width;
        if byte < mark.end {
            after_mark = column;
        }
    }
    if mark.start >= line.len() {
        marked.start = column;
    }
    // A mark of no width (something is missing here) still shows one caret.
    marked.end = after_mark.max(marked.start + 1);
    if column <= WIDEST {
        return (cells.into_iter().map(|(cell, _)| cell).collect(), marked);
    }
    let from = match marked.start.checked_sub(BEFORE) {
        Some(from) if from > 3 => from,
        _ => 0,
    };
    cut(&cells, from, column, marked)
}

/// The part of a wide line from a column on, with `...` for what was cut.
fn cut(
    cells: &[(String, usize)],
    from: usize,
    full: usize,
    marked: Range<usize>,
) -> (String, Range<usize>) {
    let mut drawn = String::new();
    let (mut column, mut width) = (0, 0);
    let mut shift = 0;
    if from > 0 {
        drawn.push_str("...");
        width = 3;
    }
    for (cell, cell_width) in cells {
        if column >= from && width + cell_width <= WIDEST - 3 {
            if drawn.is_empty() || drawn == "..." {
                shift = column;
            }
            drawn.push_str(cell);
            width += cell_width;
        } else if column >= from {
            break;
        }
        column += cell_width;
    }
    let lead = if from > 0 { 3 } else { 0 };
    let start = lead + marked.start.saturating_sub(shift);
    let end = (lead + marked.end.saturating_sub(shift)).min(width.max(start + 1));
    if column < full {
        drawn.push_str("...");
    }
    (drawn, start..end.max(start + 1))
}

/// What is drawn for a character, and its width in columns.
fn cell(character: char) -> (String, usize) {
    match character {
        '\t' => (" ".repeat(TAB), TAB),
        c if hidden(c) => {
            let escaped = c.escape_default().to_string();
            let width = escaped.len();
            (escaped, width)
        }
        c => (c.to_string(), width(c)),
    }
}

/// Characters that would move the cursor, colour the terminal or reverse the text.
pub(super) fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Columns of a character in a terminal: the wide and the combining blocks that occur in practice.
fn width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Text that is safe to print; further lines are indented.
fn clean(text: &str, indent: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if indent > 0 => {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent));
            }
            c if hidden(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "{}", c.escape_default());
            }
            c => out.push(c),
        }
    }
    out
}

fn digits(mut n: usize) -> usize {
    let mut digits = 1;
    while n >= 10 {
        n /= 10;
        digits += 1;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::super::{Place, Problem, Source};

    fn drawn(text: &str, span: std::ops::Range<usize>) -> Vec<String> {
        let source = Source::new("f.toml", text);
        let problem = Problem::new("wrong").at(&Place::new(&source, span));
        problem.to_string().lines().map(String::from).collect()
    }

    #[test]
    fn a_problem_is_drawn_like_a_compiler_would() {
        let source = Source::new("mine.toml", "[agenda]\nthreshold = 1.5\n");
        let problem = Problem::new("`agenda.threshold` is out of range")
            .at(&Place::new(&source, 21..24))
            .found("the number 1.5")
            .allowed("a number from 0 to 1")
            .help("one\ntwo")
            .note(&Place::new(&source, 0..8), "this table");
        let expected = "\
error: `agenda.threshold` is out of range
 --> mine.toml:2:13
  |
2 | threshold = 1.5
  |             ^^^
  = found: the number 1.5
  = allowed: a number from 0 to 1
  = help: one
          two
note: this table
 --> mine.toml:1:1
  |
1 | [agenda]
  | ^^^^^^^^
";
        assert_eq!(problem.to_string(), expected);
    }

    #[test]
    fn marks_align_after_tabs_and_other_scripts() {
        let lines = drawn("\tb = 日本 x", 12..13);
        assert_eq!(lines[1], " --> f.toml:1:9");
        assert_eq!(lines[3], "1 |     b = 日本 x");
        // Four columns of tab, four of `b = `, two for each ideograph, one space.
        assert_eq!(lines[4], format!("  | {}^", " ".repeat(13)));
        let lines = drawn("größe = 1", 10..11);
        assert_eq!(lines[4], format!("  | {}^", " ".repeat(8)));
        let lines = drawn("a\u{1b}[31mb", 6..7);
        assert_eq!(lines[3], "1 | a\\u{1b}[31mb");
        assert_eq!(lines[4], format!("  | {}^", " ".repeat(11)));
    }

    #[test]
    fn the_end_and_the_empty_file_can_be_marked() {
        assert_eq!(drawn("", 0..0)[3..], ["1 | ", "  | ^"]);
        assert_eq!(drawn("a = ", 4..4)[4], "  |     ^");
        assert_eq!(drawn("a\n", 2..2)[1], " --> f.toml:2:1");
        assert_eq!(drawn("a = [1,\n2]", 4..10)[4], "  |     ^^^", "first line only");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("a = \"{}\" !{}", "x".repeat(500), "y".repeat(500));
        let lines = drawn(&text, 507..508);
        let (line, marks) = (&lines[3], &lines[4]);
        assert!(line.len() <= 210 && marks.len() <= 210);
        let caret = marks.find('^').expect("a mark");
        assert_eq!(line.chars().nth(caret), Some('!'), "{line}\n{marks}");
        assert!(line.starts_with("1 | ...xx") && line.ends_with("yy..."));
        assert_eq!(lines[1], " --> f.toml:1:508");
        let lines = drawn(&text, 4..506);
        assert!(lines[3].starts_with("1 | a = ") && lines[4].len() <= 210);
        let wide = "日".repeat(300);
        let lines = drawn(&wide, 450..453);
        let caret = lines[4].find('^').expect("a mark") - 4;
        assert_eq!((caret - 3) % 2, 0, "on a whole character");
    }
}
