//! A text with its questions and scenarios as one piece of HTML: what authors and reviewers read and compare. It holds the right
//! answers, so no learner's page ever shows it.

use crate::content::model::Block;
use crate::content::model::Document;
use crate::content::model::Question;
use crate::content::model::Scenario;

impl Document {
    /// All of it, questions with their right answers included.
    pub fn whole_html(&self) -> String {
        let mut html: String = self.blocks.iter().map(block).collect();
        for pool in &self.pools {
            html.push_str(&format!("<h2>{} ({}/{})</h2>\n", handlebars::html_escape(&pool.title), pool.draw, pool.questions.len()));
            html.extend(pool.questions.iter().map(question));
        }
        html
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Html(html) => html.clone(),
        Block::Question(one) => question(one),
        Block::Scenario(one) => scenario(one),
    }
}

fn question(question: &Question) -> String {
    let critical = if question.critical { " (!)" } else { "" };
    let choice = |choice: &crate::content::Choice| {
        let mark = if choice.right { "✓" } else { "✗" };
        format!("<li><p>{mark} {}</p>\n<blockquote>{}</blockquote></li>\n", choice.html, choice.feedback)
    };
    let choices: String = question.choices.iter().map(choice).collect();
    format!(
        "<h3>{}{critical}</h3>\n{}<ul>\n{choices}</ul>\n<blockquote>{}</blockquote>\n",
        question.prompt, question.scene, question.explanation
    )
}

fn scenario(scenario: &Scenario) -> String {
    let step = |(number, step): (usize, &crate::content::Step)| {
        let name = |place: usize| scenario.steps.get(place).map(|step| step.title.as_str()).unwrap_or_default();
        let choices: String = step.choices.iter().map(|turn| format!("<li>{} → <em>{}</em></li>\n", turn.html, name(turn.step))).collect();
        let list = if choices.is_empty() { String::new() } else { format!("<ul>\n{choices}</ul>\n") };
        let end = if step.good { " ✓" } else { "" };
        let level = if number == 0 { 3 } else { 4 };
        format!("<h{level}>{}{end}</h{level}>\n{}{list}", step.title, step.html)
    };
    scenario.steps.iter().enumerate().map(step).collect()
}
