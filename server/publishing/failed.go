package publishing

// Why a plan could not be carried out, as its reason says.
const (
	Same        = "same"        // the draft says what the notice in force says
	Faults      = "faults"      // the draft has faults
	Unbuildable = "unbuildable" // no banner can be built of the draft
	Unproven    = "unproven"    // it names origins whose control must be proven first
	Unapproved  = "unapproved"  // the organisation has begun to ask for two people
	Unpermitted = "unpermitted" // who answers for it may not publish any more
)
