//! Pages and mails from typed templates. A template is a function with one typed argument and with samples, which a test
//! renders; a misspelt name is an error, in `{{#if}}` and `{{#each}}` too. HTML and text never share a registry.

use crate::kit::i18n::Args;
use crate::kit::i18n::Lang;
use fluent_templates::fluent_bundle::FluentValue;
use handlebars::Context;
use handlebars::Handlebars;
use handlebars::Helper;
use handlebars::HelperDef;
use handlebars::HelperResult;
use handlebars::Output;
use handlebars::RenderContext;
use handlebars::RenderError;
use handlebars::RenderErrorReason;
use handlebars::Renderable;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;
use std::borrow::Cow;

/// The typed argument of a page's template.
pub trait Page: Serialize + Sized {
    /// The template's name, `feature/page`.
    const NAME: &'static str;
    /// The template itself.
    const SOURCE: &'static str;

    /// What the window and the heading call this page.
    fn title(&self, lang: Lang) -> String;

    /// Arguments to try it with: a full one first, then an empty one where lists can be empty.
    fn samples() -> Vec<Self>;
}

/// The typed argument of a mail's two templates.
pub trait Email: Serialize + Sized {
    /// The templates' name, `feature/mail`.
    const NAME: &'static str;
    /// The plain-text part.
    const TEXT: &'static str;
    /// The body of the HTML part; the frame around it is shared.
    const HTML: &'static str;

    /// The subject line.
    fn subject(&self, lang: Lang) -> String;

    /// Arguments to try it with.
    fn samples() -> Vec<Self>;
}

/// One template of the program, for the registry and for the test that renders them all.
pub struct Template {
    name: &'static str,
    html: &'static str,
    text: Option<&'static str>,
    samples: fn() -> Vec<(Value, [String; 2])>,
}

impl Template {
    /// A page's template.
    pub fn page<P: Page>() -> Self {
        let samples = || P::samples().iter().map(|page| (to_value(page), Lang::ALL.map(|lang| page.title(lang)))).collect();
        Self { name: P::NAME, html: P::SOURCE, text: None, samples }
    }

    /// A piece that several templates show, `{{> name}}`; their samples try it.
    pub fn part(name: &'static str, html: &'static str) -> Self {
        Self { name, html, text: None, samples: Vec::new }
    }

    /// A mail's templates.
    pub fn email<M: Email>() -> Self {
        let samples = || M::samples().iter().map(|mail| (to_value(mail), Lang::ALL.map(|lang| mail.subject(lang)))).collect();
        Self { name: M::NAME, html: M::HTML, text: Some(M::TEXT), samples }
    }
}

/// A mail, ready to be addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The subject line.
    pub subject: String,
    /// The plain-text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// All templates, checked and ready.
pub struct Templates {
    html: Handlebars<'static>,
    text: Handlebars<'static>,
}

impl Templates {
    /// Registers all templates.
    ///
    /// # Errors
    /// The first template that cannot be read.
    pub fn new(templates: &[Template]) -> Result<Self, String> {
        let (mut html, mut text) = (registry(), registry());
        text.register_escape_fn(handlebars::no_escape);
        for (name, source) in [
            ("frame", include_str!("templates/frame.hbs")),
            ("mail-frame", include_str!("templates/mail_frame.hbs")),
            ("pagination", include_str!("templates/pagination.hbs")),
        ] {
            html.register_template_string(name, source).map_err(|error| error.to_string())?;
        }
        for template in templates {
            html.register_template_string(template.name, template.html).map_err(|error| error.to_string())?;
            if let Some(source) = template.text {
                text.register_template_string(template.name, source).map_err(|error| error.to_string())?;
            }
        }
        Ok(Self { html, text })
    }

    /// A whole page: the body inside the frame. `frame` is what every page shows.
    ///
    /// # Errors
    /// When the template asks for something its argument does not have.
    pub fn page<P: Page>(&self, frame: &Value, page: &P) -> Result<String, RenderError> {
        self.page_value(P::NAME, frame, to_value(page))
    }

    /// The body of a page alone, to stand inside another one.
    ///
    /// # Errors
    /// When the template asks for something its argument does not have.
    pub fn body<P: Page>(&self, frame: &Value, page: &P) -> Result<String, RenderError> {
        self.html.render(P::NAME, &with_frame(frame, to_value(page)))
    }

    /// A mail's subject and two parts.
    ///
    /// # Errors
    /// When a template asks for something its argument does not have.
    pub fn letter<M: Email>(&self, lang: Lang, organisation: &str, mail: &M) -> Result<Letter, RenderError> {
        self.letter_value(M::NAME, lang, organisation, mail.subject(lang), to_value(mail))
    }

    /// Renders every template with every sample in every language: name, HTML and text of each.
    ///
    /// # Errors
    /// The first template that fails, by name.
    pub fn render_samples(&self, templates: &[Template]) -> Result<Vec<(String, String)>, String> {
        let mut rendered = Vec::new();
        for template in templates {
            for (number, (value, titles)) in (template.samples)().into_iter().enumerate() {
                for (lang, title) in Lang::ALL.into_iter().zip(titles) {
                    let failed = |error: RenderError| format!("{} sample {number} in {lang}: {error}", template.name);
                    let name = format!("{} {number} {lang}", template.name);
                    if template.text.is_some() {
                        let letter = self.letter_value(template.name, lang, "Example", title, value.clone()).map_err(failed)?;
                        rendered.push((name.clone() + " html", letter.html));
                        rendered.push((name + " text", format!("{}\n\n{}", letter.subject, letter.text)));
                    } else {
                        let page = self.page_value(template.name, &sample_frame(lang, &title), value.clone()).map_err(failed)?;
                        rendered.push((name, page));
                    }
                }
            }
        }
        Ok(rendered)
    }

    fn page_value(&self, name: &str, frame: &Value, page: Value) -> Result<String, RenderError> {
        let body = self.html.render(name, &with_frame(frame, page))?;
        self.html.render("frame", &json!({ "frame": frame, "body": body }))
    }

    fn letter_value(&self, name: &str, lang: Lang, organisation: &str, subject: String, mail: Value) -> Result<Letter, RenderError> {
        let frame = json!({ "lang": lang, "subject": subject, "organisation": organisation });
        let context = with_frame(&frame, mail);
        let body = self.html.render(name, &context)?;
        let html = self.html.render("mail-frame", &json!({ "frame": frame, "body": body }))?;
        Ok(Letter { text: self.text.render(name, &context)?, html, subject })
    }
}

/// The frame of a page that nobody asked for: what the test of all templates stands in.
fn sample_frame(lang: Lang, title: &str) -> Value {
    json!({
        "lang": lang, "title": title, "organisation": "Example", "csrf": "token", "nonce": "nonce", "user": "Mai Trần",
        "nav": [{ "href": "/", "label": "nav-home", "current": true }], "banner": null, "path": "/",
        "languages": [{ "tag": "en", "name": "English", "current": true }], "css": "/static/x.css", "js": "/static/x.mjs", "icon": "/static/x.svg",
    })
}

fn to_value(argument: &impl Serialize) -> Value {
    serde_json::to_value(argument).expect("arguments of templates are plain data")
}

fn with_frame(frame: &Value, mut argument: Value) -> Value {
    if let Some(fields) = argument.as_object_mut() {
        fields.insert("frame".into(), frame.clone());
    }
    argument
}

fn registry() -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    registry.register_helper("t", Box::new(translate));
    registry.register_helper("key", Box::new(joined_key));
    registry.register_helper("many", Box::new(is_many));
    registry.register_helper("has", Box::new(has_word));
    registry.register_helper("more", Box::new(has_several));
    registry.register_helper("if", Box::new(Condition { wanted: true }));
    registry.register_helper("unless", Box::new(Condition { wanted: false }));
    registry
}

#[allow(missing_docs, reason = "the macro writes a public type")]
mod joined {
    // `{{t (key "status-" state)}}`: the message whose key ends in a value.
    handlebars::handlebars_helper!(joined_key: |start: str, end: str| format!("{start}{end}"));
    // `{{#if (has wrong "email")}}`: whether a list has a word.
    handlebars::handlebars_helper!(has_word: |list: array, word: str| list.iter().any(|item| item == word));
    // `{{#if (more versions)}}`: whether a list has more than one.
    handlebars::handlebars_helper!(has_several: |list: array| list.len() > 1);
    // `{{#if (many pages)}}`: more than one.
    handlebars::handlebars_helper!(is_many: |count: u64| count > 1);
}
use joined::has_several;
use joined::has_word;
use joined::is_many;
use joined::joined_key;

/// `{{t "key" name=value}}`: the message of that key in the page's language.
fn translate(
    helper: &Helper<'_>,
    registry: &Handlebars<'_>,
    context: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let wrong = |why: String| RenderError::from(RenderErrorReason::Other(why));
    let key = helper.param(0).and_then(|param| param.value().as_str()).ok_or_else(|| wrong("t needs a key".into()))?;
    let lang = context.data()["frame"]["lang"].as_str().and_then(|tag| tag.parse::<Lang>().ok());
    let lang = lang.ok_or_else(|| wrong("the frame has no language".into()))?;
    let args: Args = helper.hash().iter().map(|(name, value)| (Cow::Owned((*name).to_owned()), fluent(value.value()))).collect();
    let text = lang.try_text(key, &args).ok_or_else(|| wrong(format!("no message {key} in {lang}")))?;
    out.write(&registry.get_escape_fn()(&text))?;
    Ok(())
}

fn fluent(value: &Value) -> FluentValue<'static> {
    match value {
        Value::Number(number) => FluentValue::from(number.as_f64().unwrap_or_default()),
        Value::String(text) => FluentValue::from(text.clone()),
        other => FluentValue::from(other.to_string()),
    }
}

/// `{{#if}}` and `{{#unless}}` that refuse a name which does not exist.
struct Condition {
    wanted: bool,
}

impl HelperDef for Condition {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let missing = || RenderErrorReason::MissingVariable(helper.param(0).and_then(|param| param.relative_path().cloned()));
        let param = helper.param(0).filter(|param| !param.is_value_missing()).ok_or_else(missing)?;
        let holds = is_true(param.value());
        let branch = if holds == self.wanted { helper.template() } else { helper.inverse() };
        branch.map_or(Ok(()), |template| template.render(registry, context, render, out))
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_is_an_error_in_a_condition_too() {
        let mut registry = registry();
        registry.register_template_string("a", "{{#if wrong}}x{{/if}}").expect("reads");
        registry.register_template_string("b", "{{#unless right}}x{{else}}y{{/unless}}").expect("reads");
        registry.register_template_string("c", "{{wrong}}").expect("reads");
        registry.register_template_string("d", "{{#each wrong}}x{{/each}}").expect("reads");
        let context = json!({ "right": true });
        assert!(registry.render("a", &context).is_err());
        assert_eq!(registry.render("b", &context).expect("renders"), "y");
        assert!(registry.render("c", &context).is_err());
        assert!(registry.render("d", &context).is_err());
    }
}
