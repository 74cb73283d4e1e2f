//! The chapter's children: processes with exact behaviour, which a listing
//! starts as `chapter8 child NAME`.
