//! Every essay runs, in small, and says what it found.

#[path = "../examples/essay/mod.rs"]
mod essay;

use std::path::PathBuf;
use std::process::Command;

/// The examples, which `cargo test` builds beside the tests; `cargo test --test essays` alone does
/// not build them again.
fn examples() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    test.ancestors().nth(2).expect("the folder of the profile").join("examples")
}

/// Runs an essay with few runs in an empty folder and gives what it printed.
fn read(name: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let path = examples().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "{} is not built; cargo build --examples", path.display());
    let essay = Command::new(&path)
        .env("RPPSIM_SMALL", "1")
        .current_dir(home.path())
        .output()
        .expect("the essay starts");
    assert!(essay.status.success(), "{name}: {}", String::from_utf8_lossy(&essay.stderr));
    let pictures = home.path().join("out").join(name);
    assert_eq!(pictures.exists(), cfg!(feature = "plots"), "{name}: a picture, if there are any");
    String::from_utf8(essay.stdout).expect("text")
}

/// What every essay says, whatever it found.
fn states_claim_and_verdict(name: &str) -> String {
    let text = read(name);
    for part in ["Claim\n", "Source\n", "Design\n", " % interval ", "in this model"] {
        assert!(text.contains(part), "{name} does not say `{part}`:\n{text}");
    }
    assert!(!text.contains("NaN"), "{name}:\n{text}");
    text
}

#[test]
fn why_newcomers_raise_talk() {
    let text = states_claim_and_verdict("why_newcomers_raise_talk");
    assert!(text.contains("placebo") && text.contains("unsure × ambiguous"));
    assert!(text.contains("the data leave open"));
}

#[test]
fn turnover_raises_role_talk() {
    let text = states_claim_and_verdict("turnover_raises_role_talk");
    assert!(text.contains("placebo"));
}

#[test]
fn role_talk_delays_work() {
    let text = states_claim_and_verdict("role_talk_delays_work");
    assert!(text.contains("costless talk"));
}

#[test]
fn ambiguity_and_turnover_compound() {
    let text = states_claim_and_verdict("ambiguity_and_turnover_compound");
    assert!(text.contains("Double difference"));
}

#[test]
fn welcome_shortens_renegotiation() {
    let text = states_claim_and_verdict("welcome_shortens_renegotiation");
    assert!(text.contains("tells nothing"));
}

#[test]
fn a_successor_from_within() {
    let text = states_claim_and_verdict("a_successor_from_within");
    assert!(text.contains("at the same voice"));
}

#[test]
fn designs_compared() {
    let text = states_claim_and_verdict("designs_compared");
    assert!(text.contains("all meeting monthly") && text.contains("artefact: four districts"));
}

#[test]
fn who_pays_has_the_voice() {
    let text = states_claim_and_verdict("who_pays_has_the_voice");
    assert!(text.contains("control: money has no voice"));
}

#[test]
fn core_funding() {
    let text = states_claim_and_verdict("core_funding");
    assert!(text.contains("control: endowment"));
}

#[test]
fn exploratory_year_and_mutual_benefit() {
    let text = states_claim_and_verdict("exploratory_year_and_mutual_benefit");
    assert!(text.contains("not an effect"));
}

#[test]
fn tenure_funder_capacity() {
    let text = states_claim_and_verdict("tenure_funder_capacity");
    assert!(text.contains("tenure × funder × district"));
}

#[test]
fn multi_level_ties() {
    let text = states_claim_and_verdict("multi_level_ties");
    assert!(text.contains("control: ties in which nobody meets"));
}

#[test]
fn status_and_silence() {
    let text = states_claim_and_verdict("status_and_silence");
    assert!(text.contains("a broker who only levels"));
}

#[test]
fn requests_goodwill_and_mission_drift() {
    let text = states_claim_and_verdict("requests_goodwill_and_mission_drift");
    assert!(text.contains("control: nobody asks"));
}

#[test]
fn trust_and_divergent_conceptions() {
    let text = states_claim_and_verdict("trust_and_divergent_conceptions");
    assert!(text.contains("control: nothing carries it"));
}

#[test]
fn who_raises_roles() {
    let text = states_claim_and_verdict("who_raises_roles");
    assert!(text.contains("all open alike"));
}

#[test]
fn role_talk_in_informal_settings() {
    let text = states_claim_and_verdict("role_talk_in_informal_settings");
    assert!(text.contains("Not represented"));
}

#[test]
fn the_newcomers_vendor_frame() {
    let text = states_claim_and_verdict("the_newcomers_vendor_frame");
    assert!(text.contains("wrong picture less not knowing"));
}

#[test]
fn hidden_and_visible_work() {
    let text = states_claim_and_verdict("hidden_and_visible_work");
    assert!(text.contains("control: acts that mean nothing"));
}

#[test]
fn the_partner_as_memory() {
    let text = states_claim_and_verdict("the_partner_as_memory");
    assert!(text.contains("control: an archive nobody tells from"));
}

#[test]
fn a_superintendents_exit_cascades() {
    let text = states_claim_and_verdict("a_superintendents_exit_cascades");
    assert!(text.contains("through the cascade"));
}

#[test]
fn bellevue_leaders_lost_early_or_late() {
    let text = states_claim_and_verdict("bellevue_leaders_lost_early_or_late");
    assert!(text.contains("control: successors prepared, nobody leaves"));
}

#[test]
fn start_small_or_big() {
    let text = states_claim_and_verdict("start_small_or_big");
    assert!(text.contains("control: one small project, nothing slows"));
}

#[test]
fn two_week_cycles() {
    let text = states_claim_and_verdict("two_week_cycles");
    assert!(text.contains("nobody forgets"));
}

#[test]
fn the_path_to_implementation() {
    let text = states_claim_and_verdict("the_path_to_implementation");
    assert!(text.contains("talk never ends in a proposal"));
}

#[test]
fn rival_theories_and_the_published_patterns() {
    let text = states_claim_and_verdict("rival_theories_and_the_published_patterns");
    assert!(text.contains("What tells them apart"));
}

#[test]
#[cfg(feature = "plots")]
fn what_drives_role_talk_and_delay() {
    let home = tempfile::tempdir().expect("a folder");
    let name = format!("what_drives_role_talk_and_delay{}", std::env::consts::EXE_SUFFIX);
    let study = Command::new(examples().join(name))
        .env("RPPSIM_SMALL", "1")
        .current_dir(home.path())
        .output()
        .expect("the study starts");
    assert!(study.status.success(), "{}", String::from_utf8_lossy(&study.stderr));
    let out = home.path().join("out/what_drives");
    let page = std::fs::read_to_string(out.join("what_drives_role_talk_and_delay.md"));
    let page = page.expect("the page");
    for part in ["| estimated |", "| assumed |", "Replicate noise", "What this does not say"] {
        assert!(page.contains(part), "missing `{part}` in\n{page}");
    }
    assert!(!page.contains("NaN"), "{page}");
    for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(out.join(link).exists(), "{link}");
    }
}
