//! axe-core, the accessibility checker, from npm at one version; it is kept in the build folder and never in the repository.

use crate::support::Browser;
use avow::kit::crypto;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::process::Command;
use tokio::sync::OnceCell;

const VERSION: &str = "4.14.1";
/// Of `axe.min.js` of that version.
const SHA256: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";

static AXE: OnceCell<Axe> = OnceCell::const_new();

/// The checker's script.
pub struct Axe {
    script: String,
}

impl Axe {
    /// Reads it, fetching it first if it has never been fetched.
    pub async fn get() -> &'static Self {
        AXE.get_or_init(async || tokio::task::spawn_blocking(Self::fetch).await.expect("axe can be had")).await
    }

    fn fetch() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("axe-{VERSION}"));
        let file = folder.join("node_modules/axe-core/axe.min.js");
        if !file.exists() {
            std::fs::create_dir_all(&folder).expect("a folder");
            let mut npm = Command::new("npm");
            npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
                .arg(&folder)
                .arg(format!("axe-core@{VERSION}"));
            let output = npm.output().expect("the accessibility stories need npm: apt-get install npm");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "the accessibility stories need axe-core {VERSION} from npm: {said}");
        }
        let script = std::fs::read_to_string(file).expect("axe's script");
        assert_eq!(hex::encode(crypto::sha256(script.as_bytes())), SHA256, "this is not axe-core {VERSION}");
        Self { script }
    }

    /// Brings the checker into all pages that the browser will open, beside their content security policy.
    pub async fn enter(&self, browser: &Browser) {
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": self.script })).await;
    }

    /// What it finds on the page as it is: the rule, why, and where.
    pub async fn findings(&self, browser: &Browser) -> Vec<String> {
        let run = "const done = arguments[0]; const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run({ runOnly: tags, resultTypes: ['violations'] }).then((found) => done(found.violations), (error) => done(String(error)))";
        let found = browser.driver.execute_async(run, vec![]).await.expect("axe runs").json().clone();
        let Value::Array(found) = found else { panic!("axe: {found}") };
        let describe = |rule: &Value| {
            let nodes = rule["nodes"].as_array().cloned().unwrap_or_default();
            nodes.iter().map(|node| format!("{}: {} {}", rule["id"], node["html"], node["failureSummary"])).collect::<Vec<_>>()
        };
        found.iter().flat_map(describe).collect()
    }
}
