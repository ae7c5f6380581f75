package consent

// FlawCode names what does not hold: pages and letters have words for each, and a
// program can tell them apart.
type FlawCode string

// The codes.
const (
	FlawLeafOrder           FlawCode = "leaf_order"
	FlawLeafMissing         FlawCode = "leaf_missing"
	FlawLeafHashes          FlawCode = "leaf_hashes"
	FlawSaltLeft            FlawCode = "salt_left"
	FlawRecordChanged       FlawCode = "record_changed"
	FlawEventRecord         FlawCode = "event_record"
	FlawEventChanged        FlawCode = "event_changed"
	FlawEventUnreadable     FlawCode = "event_unreadable"
	FlawEventSpans          FlawCode = "event_spans"
	FlawRecordThere         FlawCode = "record_there"
	FlawHashChanged         FlawCode = "hash_changed"
	FlawRootOther           FlawCode = "root_other"
	FlawRecordGone          FlawCode = "record_gone"
	FlawLeavesRemoved       FlawCode = "leaves_removed"
	FlawHeadSize            FlawCode = "head_size"
	FlawHeadRoot            FlawCode = "head_root"
	FlawNoticeGone          FlawCode = "notice_gone"
	FlawDroppedChanged      FlawCode = "dropped_changed"
	FlawDroppedEarly        FlawCode = "dropped_early"
	FlawDroppedLeaves       FlawCode = "dropped_leaves"
	FlawKeptChanged         FlawCode = "kept_changed"
	FlawKeptElsewhere       FlawCode = "kept_elsewhere"
	FlawFileUnreadable      FlawCode = "file_unreadable"
	FlawKeyUnreadable       FlawCode = "key_unreadable"
	FlawAnchorLost          FlawCode = "anchor_lost"
	FlawAnchorChanged       FlawCode = "anchor_changed"
	FlawAnchorAlone         FlawCode = "anchor_alone"
	FlawWitnessForked       FlawCode = "witness_forked"
	FlawWitnessChanged      FlawCode = "witness_changed"
	FlawUnderGone           FlawCode = "under_gone"
	FlawOtherSite           FlawCode = "other_site"
	FlawHoursChanged        FlawCode = "hours_changed"
	FlawNumberChanged       FlawCode = "number_changed"
	FlawStubGone            FlawCode = "stub_gone"
	FlawErasedThere         FlawCode = "erased_there"
	FlawStubPlanted         FlawCode = "stub_planted"
	FlawJournalShort        FlawCode = "journal_short"
	FlawStubsFewer          FlawCode = "stubs_fewer"
	FlawFrozenGone          FlawCode = "frozen_gone"
	FlawFrozenUnlisted      FlawCode = "frozen_unlisted"
	FlawFrozenReleased      FlawCode = "frozen_released"
	FlawFrozenOther         FlawCode = "frozen_other"
	FlawDecisionLoose       FlawCode = "decision_loose"
	FlawNoticeChanged       FlawCode = "notice_changed"
	FlawServiceDayChanged   FlawCode = "service_day_changed"
	FlawBundleChanged       FlawCode = "bundle_changed"
	FlawScreenshotChanged   FlawCode = "screenshot_changed"
	FlawRowLoose            FlawCode = "row_loose"
	FlawSequenceAhead       FlawCode = "sequence_ahead"
	FlawSequenceBehind      FlawCode = "sequence_behind"
	FlawKeyAlone            FlawCode = "key_alone"
	FlawSchemaExtra         FlawCode = "schema_extra"
	FlawSchemaChanged       FlawCode = "schema_changed"
	FlawDailyChanged        FlawCode = "daily_changed"
	FlawTallyLess           FlawCode = "tally_less"
	FlawTallyOther          FlawCode = "tally_other"
	FlawDatabaseDamaged     FlawCode = "database_damaged"
	FlawIndexDamaged        FlawCode = "index_damaged"
	FlawActMissing          FlawCode = "act_missing"
	FlawActChanged          FlawCode = "act_changed"
	FlawActsChanged         FlawCode = "acts_changed"
	FlawTrailHeadChanged    FlawCode = "trail_head_changed"
	FlawTrailHeadLost       FlawCode = "trail_head_lost"
	FlawTrailHeadUnreadable FlawCode = "trail_head_unreadable"
	FlawTrailGone           FlawCode = "trail_gone"
	FlawTrailRolledBack     FlawCode = "trail_rolled_back"
	FlawActUnsigned         FlawCode = "act_unsigned"
	FlawUnsigning           FlawCode = "unsigning"
)

// FlawCodes are all of them.
var FlawCodes = []FlawCode{
	FlawLeafOrder, FlawLeafMissing, FlawLeafHashes, FlawSaltLeft,
	FlawRecordChanged, FlawEventRecord, FlawEventChanged, FlawEventUnreadable,
	FlawEventSpans, FlawRecordThere, FlawHashChanged, FlawRootOther,
	FlawRecordGone, FlawLeavesRemoved, FlawHeadSize, FlawHeadRoot,
	FlawNoticeGone, FlawDroppedChanged, FlawDroppedEarly, FlawDroppedLeaves,
	FlawKeptChanged, FlawKeptElsewhere, FlawFileUnreadable, FlawKeyUnreadable,
	FlawAnchorLost, FlawAnchorChanged, FlawAnchorAlone, FlawWitnessForked,
	FlawWitnessChanged, FlawUnderGone, FlawOtherSite, FlawHoursChanged,
	FlawNumberChanged, FlawStubGone, FlawErasedThere, FlawStubPlanted,
	FlawJournalShort, FlawStubsFewer, FlawFrozenGone, FlawFrozenUnlisted,
	FlawFrozenReleased, FlawFrozenOther, FlawDecisionLoose, FlawNoticeChanged,
	FlawBundleChanged, FlawScreenshotChanged, FlawRowLoose, FlawSequenceAhead,
	FlawSequenceBehind, FlawKeyAlone, FlawSchemaExtra, FlawSchemaChanged,
	FlawDailyChanged, FlawTallyLess, FlawTallyOther, FlawDatabaseDamaged,
	FlawIndexDamaged, FlawActMissing, FlawActChanged, FlawActsChanged,
	FlawTrailHeadChanged, FlawTrailHeadLost, FlawTrailHeadUnreadable, FlawTrailGone,
	FlawTrailRolledBack, FlawActUnsigned, FlawUnsigning, FlawServiceDayChanged,
}

// Flaw says what does not hold. Why says it in English, with what repairs it, to
// those who run the server; whoever reads a page gets words of the code.
type Flaw struct {
	Code  FlawCode
	N, Of int64  // numbers that the words name: what was found, and what there is beside
	Name  string // what the words name: a decision, a bundle, a day
	Why   string
}
