//! HTML that is well formed by the way it is written: text is always escaped, and an element
//! closes where its content ends.

/// A piece of a page.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// What was written.
    pub fn finished(self) -> String {
        self.0
    }

    /// An element with attributes and content.
    pub fn element(
        &mut self,
        tag: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Html),
    ) {
        self.opened(tag, attributes);
        content(self);
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push_str(">\n");
    }

    /// An element that has no content.
    pub fn void(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.opened(tag, attributes);
        self.0.push('\n');
    }

    /// An element of text.
    pub fn line(&mut self, tag: &str, text: &str) {
        self.element(tag, &[], |html| match tag {
            "code" => html.text(text),
            _ => html.prose(text),
        });
    }

    /// A paragraph that says something beside the point.
    pub fn note(&mut self, text: &str) {
        self.element("p", &[("class", "note")], |html| html.text(text));
    }

    /// A list; `item` writes what stands in one.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut Html, T),
    ) {
        self.element("ul", &[], |html| {
            for one in items {
                html.element("li", &[], |html| item(html, one));
            }
        });
    }

    /// A table with a caption and heads of columns; `rows` writes its rows.
    pub fn table(&mut self, caption: &str, heads: &[&str], rows: impl FnOnce(&mut Html)) {
        self.element("table", &[], |html| {
            html.line("caption", caption);
            html.element("thead", &[], |html| {
                html.element("tr", &[], |html| {
                    for head in heads {
                        html.element("th", &[("scope", "col")], |html| html.text(head));
                    }
                });
            });
            html.element("tbody", &[], rows);
        });
    }

    /// Text in which a number stays on one line with its sign.
    pub fn prose(&mut self, text: &str) {
        self.text(&text.replace(" %", "\u{a0}%").replace("± ", "±\u{a0}"));
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        self.0.push_str(&escaped(text));
    }

    /// The program's own markup, such as a picture or the style.
    pub fn markup(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    fn opened(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
        self.0.push('>');
    }
}

/// Text that stays text wherever it stands.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
