//! The CMS: editing in a browser, in forms that huta makes of its kinds.

use serde::{Deserialize, Serialize};

use super::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text;

/// The `[cms]` table, huta's own: without one, and as long as it names no repository, there is no `/admin/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CmsConfig {
    /// Address of Sveltia CMS's script: of one version on another host, or a file of the site.
    pub script: String,
    /// What the script must be (`sha384-…`), for one that comes from another host.
    pub integrity: Option<String>,
    /// Where the texts live.
    pub backend: CmsBackend,
}

/// The repository that the CMS reads and writes, in the CMS's own words.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CmsBackend {
    /// The service.
    pub name: CmsService,
    /// Owner and name of the repository; unless it is known there is nothing to edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo: Option<String>,
    /// The branch; the repository's main one where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Who signs editors in: an address of one's own for GitHub, the server for GitLab and Gitea.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// Address of the service's API where it is not the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_root: Option<String>,
    /// `pkce`: GitLab and Gitea sign editors in without a server of one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_type: Option<String>,
    /// The number that the service gave to this site for `pkce`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
}

/// A service that keeps repositories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CmsService {
    /// GitHub.
    Github,
    /// GitLab.
    Gitlab,
    /// Gitea and Forgejo.
    Gitea,
    /// The browser's own memory, for trying out.
    TestRepo,
}

impl Config {
    /// The CMS, where there is enough to edit with it.
    #[must_use]
    pub fn cms(&self) -> Option<&CmsConfig> {
        self.cms.as_ref().filter(|cms| cms.backend.name == CmsService::TestRepo || cms.backend.repo().is_some())
    }

    /// Pushes what cannot be right about the CMS.
    pub(super) fn check_cms(&self, diagnostics: &mut Diagnostics) {
        let Some(cms) = &self.cms else { return };
        let mut error = |keys: &[&str], message, help| {
            diagnostics.push(Diagnostic::error(Code::ConfigInvalid, self.span(keys), message).help(help));
        };
        let script = &cms.script;
        if !is_address(script) {
            error(
                &["cms", "script"],
                text!("„{script}” nie jest adresem skryptu", "`{script}` is not the address of a script"),
                text!(
                    "wpisz adres https:// jednej wersji skryptu albo ścieżkę pliku witryny, np. /admin/sveltia-cms.js",
                    "write the https:// address of one version of the script, or the path of a file of the site such as /admin/sveltia-cms.js"
                ),
            );
        }
        if is_elsewhere(script) && cms.integrity.is_none() {
            error(
                &["cms", "script"],
                text!("skrypt z obcego serwera nie ma „integrity”", "the script of another host has no `integrity`"),
                text!(
                    "dopisz integrity = \"sha384-…\", żeby nikt nie podmienił skryptu, albo połóż skrypt w folderze static",
                    "add integrity = \"sha384-…\", so that nobody can change the script, or put the script into the folder static"
                ),
            );
        }
        if let Some(hash) = cms.integrity.as_ref().filter(|hash| !is_integrity(hash)) {
            error(
                &["cms", "integrity"],
                text!("„{hash}” nie jest skrótem pliku", "`{hash}` is not the hash of a file"),
                text!("przykład: integrity = \"sha384-…\"", "an example: integrity = \"sha384-…\""),
            );
        }
        if let Some(repo) = cms.backend.repo().filter(|repo| !is_repository(repo)) {
            error(
                &["cms", "backend", "repo"],
                text!("„{repo}” nie jest nazwą repozytorium", "`{repo}` is not the name of a repository"),
                text!("przykład: repo = \"wlasciciel/nazwa\"", "an example: repo = \"owner/name\""),
            );
        }
    }
}

impl CmsBackend {
    fn repo(&self) -> Option<&str> {
        self.repo.as_deref().filter(|repo| !repo.is_empty())
    }
}

/// Whether a script comes from another host.
fn is_elsewhere(script: &str) -> bool {
    script.contains("//")
}

fn is_address(script: &str) -> bool {
    let plain =
        !script.is_empty() && !script.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\".contains(c));
    plain && (script.starts_with("https://") || !is_elsewhere(script) && !script.contains(':'))
}

fn is_integrity(hash: &str) -> bool {
    let rest = ["sha256-", "sha384-", "sha512-"].iter().find_map(|kind| hash.strip_prefix(kind));
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)))
}

/// Groups of GitLab lie in each other, so there may be more than one slash.
fn is_repository(repo: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    repo.contains('/') && repo.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_hashes_and_repositories() {
        assert!(
            is_address("https://unpkg.example/cms@1.2.3/cms.js") && is_address("/admin/cms.js") && is_address("cms.js")
        );
        assert!(
            !is_address("http://unpkg.example/cms.js") && !is_address("//host/cms.js") && !is_address("javascript:x")
        );
        assert!(!is_address("") && !is_address("a b.js") && !is_address("https://x/\""));
        assert!(is_integrity("sha384-abc+/=") && !is_integrity("sha384-") && !is_integrity("md5-abc"));
        assert!(
            is_repository("a/b")
                && is_repository("group/sub/name.git")
                && !is_repository("a")
                && !is_repository("a//b")
        );
    }
}
