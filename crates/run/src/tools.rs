//! The programs that a listing or an exercise needs.

/// Those of some programs that are not on the PATH.
pub fn missing_tools(needs: &[impl AsRef<str>]) -> Vec<&str> {
    let programs = needs.iter().map(AsRef::as_ref);
    programs.filter(|it| which::which(it).is_err()).collect()
}
