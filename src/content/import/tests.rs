//! Whole texts of every dialect, put together at random, and hostile ones: no word is lost, nothing is at fault, nothing takes long.

use crate::content::import;
use crate::content::import::Imported;
use crate::content::import::Places;
use crate::content::import::Surroundings;
use crate::kit::markdown;
use proptest::prelude::*;
use pulldown_cmark::Event;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TextMergeStream;
use std::time::Duration;
use std::time::Instant;

fn imported(path: &str, text: &str) -> Imported {
    import::draft(path, text).finish(&Surroundings { places: &Places::default(), organisation: None, is_course: false })
}

/// What `avow content check` would call an error, or a warning for raw HTML.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let (mut depth, mut in_code, mut last) = (0_usize, false, 1);
    for event in TextMergeStream::new(Parser::new_ext(text, markdown::dialect())) {
        match &event {
            Event::Start(tag) => {
                depth += 1;
                in_code |= matches!(tag, Tag::CodeBlock(_));
                match tag {
                    Tag::Heading { level, .. } => {
                        let level = *level as usize;
                        if level == 1 || level > last + 1 {
                            faults.push(format!("a heading of level {level} under one of {last}"));
                        }
                        last = level;
                    }
                    Tag::Link { dest_url, .. } if !markdown::is_safe_link(dest_url) => faults.push(format!("a link to {dest_url}")),
                    Tag::Image { .. } => faults.push("a picture".into()),
                    _ => {}
                }
            }
            Event::End(_) => {
                depth -= 1;
                in_code &= depth > 0;
            }
            Event::Html(html) | Event::InlineHtml(html) => faults.push(format!("HTML: {html}")),
            Event::Text(text) if !in_code => {
                faults.extend(text.split("${").skip(1).filter(|rest| !rest.starts_with("org.")).map(|rest| format!("a variable: {rest}")));
            }
            _ => {}
        }
        if depth > 40 {
            faults.push("too deep".into());
        }
    }
    faults
}

/// Pieces of documents. Each § becomes a word of its own, and none of them may be lost.
fn leaf() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "§ § §.",
        "§ **§** *§* `§` ==§== H~2~O § m^2^ §",
        "§ {{companyShortName}} § {{owner}} § {{#flag}}§{{/flag}} <%= x %> §",
        "§ <b>§</b> <i> § </i><br>§ <span title=\"§ §\">§</span> <kbd>§</kbd> § <a href=\"https://x.example\">§</a>",
        "[§ §](other.md \"§\") § [§](http://x.example/a) [§][ref] [§][Odd] ![§][Odd] ![§](a/b.png) [[Page|§]] § [§]{.small}",
        "[§](#nowhere) <https://x.example> § <me@x.example> §[^1] <Company Name> § <your name> §",
        "§ :warning: § {% if x %}§{% else %}§{% endif %} § ${HOME} §",
        "§  \n§\\\n§",
        "§ <details><summary>§</summary>§</details> §",
        "§ <unclosed § {{ § `§ ** § [§",
        "<p align=\"center\">§ <u>§</u></p>\n<div>§</div>",
        "<ul><li>§ <b>§</b><ul><li>§</li></ul>§</li><li><p>§</p><p>§</p></li></ul>",
        "<ol type=\"a\">\n  <li>§</li>\n  <li>§</li>\n</ol>§",
        "<table><caption>§</caption><tr><th>§</th><th>§</th></tr><tr><td colspan=2>§<br>§ | §</td></tr></table>",
        "<dl><dt>§</dt><dd>§</dd></dl>",
        "<pre><code>§ &lt;§&gt;\n§</code></pre>",
        "<!-- § -->",
        "<!-- §\n\n§ -->\n§",
        "<h2>§ <em>§</em></h2>",
        "## § {#name .x}",
        "#### §",
        "# § {{companyName}}",
        "§ §\n===",
        "§\n---",
        "| § | § |\n|---|---|\n| §<br>§ | {{ v | upper }} § | § `§|§` |",
        "|---|---|\n| § | § |",
        "  §     §\n----- -----\n  §     §\n  §     §\n",
        "+---+---+\n| § | § |\n+===+===+\n| § | § |\n+---+---+",
        "```sh\n§ {{ § }} <§>\n!!! § \n```",
        "    § code\n\n    <§>",
        "(a) §\n§\n(b) §\n\n    §\n\n(c) §:\n\n* §\n* §",
        "a. §\nb. §",
        "#. §\n#. §",
        "(@) §\n\n(@x) § (@x)",
        "| § §\n| §",
        "§\n:   §\n    §\n\n    §",
        "- [ ] §\n- [x] §\n- ☐ §\n- <input type=\"checkbox\" checked> §",
        "1. §\n   - §\n\n     §\n2. §",
        "* §\n    * §\n        * §",
        "[^1]: §\n\n    §",
        "[ref]: https://x.example \"§\"\n[odd]: page.md",
        "> §\n§\n> > §",
        "> [!info]- § §\n> §",
        "> [!TIP]\n> §",
        "{% include a.html text=\"§ §\" %}",
        "{{< figure src=\"/a.png\" caption=\"§\" >}}",
        "{% highlight rb %}\n§ {{x}}\n{% endhighlight %}",
        "***",
        "{: .lead}",
        "[TOC]",
        "*[§]: § §",
        "$$ § $$",
    ]);
    words.prop_map(str::to_owned)
}

fn indented(body: &str, by: usize) -> String {
    body.lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("{}{line}", " ".repeat(by)) })
        .collect::<Vec<_>>()
        .join("\n")
}

fn block() -> impl Strategy<Value = String> {
    leaf().prop_recursive(4, 40, 4, |inner| {
        let body = prop::collection::vec(inner, 1..4).prop_map(|parts| parts.join("\n\n"));
        (0_usize..14, body).prop_map(|(kind, body)| match kind {
            0 => format!("!!! note \"§ §\"\n{}", indented(&body, 4)),
            1 => format!("??? recipe\n\n{}", indented(&body, 4)),
            2 => format!(":::tip § §\n\n{body}\n\n:::"),
            3 => format!("::::warning[§]\n{body}\n::::"),
            4 => format!("::: {{.sidebar}}\n{body}\n:::"),
            5 => format!("=== \"§\"\n\n{}", indented(&body, 4)),
            6 => body.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n"),
            7 => format!("- §\n\n{}", indented(&body, 2)),
            8 => format!("10. §\n\n{}", indented(&body, 4)),
            9 => format!("(a) §\n\n{}", indented(&body, 4)),
            10 => format!("<Admonition type=\"danger\" title=\"§ §\">\n\n{body}\n\n</Admonition>"),
            11 => format!("{{{{< notice warning \"§ §\" >}}}}\n{body}\n{{{{< /notice >}}}}"),
            12 => format!("<details>\n<summary>§</summary>\n\n{body}\n\n</details>"),
            _ => format!("{{{{#flag}}}}\n{body}\n{{{{/flag}}}}"),
        })
    })
}

fn front() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "---\ntitle: \"§ §\"\nowner: §\nlayout: §\npurpose: § § § § § § §\n# §\n---\n\n",
        "+++\ntitle = \"§\"\ndate = 2024-01-05\n[params]\nnote = \"§ § § § § §\"\n+++\n",
        "title: § {{x}} §\ndescription: §\n---\n",
        "% §\n% §\n% May 2024\n\n",
        "{\n\"title\": \"§\", \"tags\": [\"§\", \"§\"]\n}\n",
    ])
    .prop_map(str::to_owned)
}

/// A document, and the words that must not be lost.
fn document() -> impl Strategy<Value = (String, Vec<String>)> {
    (front(), prop::collection::vec(block(), 0..8)).prop_map(|(front, blocks)| {
        let mut words = Vec::new();
        let mut text = String::new();
        for (place, piece) in format!("{front}{}\n", blocks.join("\n\n")).split('§').enumerate() {
            if place > 0 {
                words.push(format!("wo{place}rd"));
                text.push_str(&format!("wo{place}rd"));
            }
            text.push_str(piece);
        }
        (text, words)
    })
}

fn all_of(done: &Imported) -> String {
    let asides: Vec<&str> = done.asides.iter().map(|(_, text)| text.as_str()).collect();
    format!("{} {} {}", done.text, done.facts.words(), asides.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_word_of_a_document_is_lost_and_the_result_has_no_fault((text, words) in document(), is_mdx: bool) {
        let done = imported(if is_mdx { "a.mdx" } else { "a.md" }, &text);
        let all = all_of(&done);
        let found: std::collections::HashSet<&str> = all.split(|letter: char| !letter.is_alphanumeric()).collect();
        let lost: Vec<&String> = words.iter().filter(|word| !found.contains(word.as_str())).collect();
        prop_assert!(lost.is_empty(), "{lost:?} lost of\n{text}\nin\n{all}");
        prop_assert_eq!(done.lost().map(|note| note.message), None, "{}\nin\n{}", text, all);
        prop_assert_eq!(faults(&done.text), Vec::<String>::new(), "{}\nin\n{}", text, all);
    }

    #[test]
    fn what_was_imported_stays_as_it_is_when_imported_again((text, _) in document()) {
        let once = imported("a.md", &text);
        let again = imported("a.md", &once.text);
        let words = |text: &str| text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(&once.text), words(&again.text), "{}\nthen\n{}", once.text, again.text);
    }

    #[test]
    fn any_text_whatever_comes_in(text in "([a-z §\n]|\n\n|    |\t|[-#>*_`~|:!?+=.(){}<>\\[\\]$&\"'/@%^]|:::|!!!|\\?\\?\\?|\\{\\{|\\}\\}|\\{%|%\\}|<!--|-->|<ul>|</ul>|<table>|<td>|<b>|</b>|<a href=\"x\">|```|---|===|\\$\\{){0,80}") {
        for path in ["a.md", "a.mdx"] {
            let done = imported(path, &text);
            prop_assert_eq!(faults(&done.text), Vec::<String>::new(), "{}\nin\n{}", text, done.text);
            prop_assert_eq!(done.lost().map(|note| note.message), None, "{}\nin\n{}", text, all_of(&done));
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (text, _) = import::decode(&bytes);
        let done = imported("a.md", &text);
        prop_assert_eq!(faults(&done.text), Vec::<String>::new());
    }
}

#[test]
fn hostile_texts_take_no_time_to_speak_of() {
    let nested: String = (0..400).map(|depth| format!("{}!!! note\n", " ".repeat(4 * depth))).collect();
    let cases: [(&str, String); 24] = [
        ("nested notes", nested),
        ("notes at the margin", "!!! note\n".repeat(100_000)),
        ("directives that never end", ":::note\n".repeat(25_000)),
        ("tags that never end", "{{".repeat(60_000)),
        ("tags in turn", "{{a {% b <% c ".repeat(20_000)),
        ("a line", "word ".repeat(200_000)),
        ("a line of one letter", "a".repeat(1_000_000)),
        ("quotes", ">".repeat(500_000)),
        ("bullets in a line", "- ".repeat(100_000)),
        ("items, each deeper", (0..600).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect()),
        ("lists of HTML that never end", "<ul>\n\n".repeat(10_000)),
        ("lists of HTML in a line", "<ul><li>".repeat(10_000)),
        ("tables of HTML", "<table>\n".repeat(10_000)),
        ("elements", "<b><i><a href=\"x\">".repeat(20_000)),
        ("braces of JSX", "<a b={".repeat(40_000)),
        ("backquotes", (1..1300).map(|length| "`".repeat(length) + " ").collect()),
        ("brackets", "[".repeat(200_000)),
        ("links", "[a](b) ".repeat(30_000)),
        ("comments", "<!-- a\n\n".repeat(15_000)),
        ("stars", "*a _b ".repeat(30_000)),
        ("labels", "(a) x:\n\n".repeat(15_000)),
        ("dashes", "---- ----\n\n".repeat(20_000)),
        ("grids", "+---+---+\n| a | b |\n".repeat(10_000)),
        ("components", "<Note>\n\n".repeat(10_000)),
    ];
    for (what, text) in cases {
        // Braces and tags are read in another way there.
        let paths = if text.contains(['{', '<']) { ["a.md", "a.mdx"].as_slice() } else { &["a.md"] };
        for path in paths {
            let start = Instant::now();
            let done = imported(path, &text);
            assert!(done.lost().is_none(), "{what}: {:?}", done.lost());
            assert!(start.elapsed() < Duration::from_secs(30), "{what}: {:?}", start.elapsed());
            assert!(faults(&done.text).is_empty(), "{what}: {:?}", faults(&done.text).first());
        }
    }
}
