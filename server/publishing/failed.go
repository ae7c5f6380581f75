package publishing

// Why a plan could not be carried out, as its reason says.
const (
	Same = "same" // the draft says what the notice in force says
)
