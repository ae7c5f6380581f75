package ledger

// BytesRead says how many bytes of the file were ever read to add to it.
func (j *Journal) BytesRead() int64 { return j.read }
