// Package soak breaks Samtykke on purpose, over and over, and looks whether it
// has kept its word: whatever was acknowledged is there, once, and is proved.
//
// A process that stores decisions is killed (Kills), its disk loses power (Cuts)
// or its calls to the system fail (the tests). What it had answered by then are
// its promises.
package soak
