package widget

// Window is the part of lines that is in view: height lines from the offset given, moved so
// that the lines from and to (exclusive) are among them. The second result is the number of the
// first line in view.
func Window(lines []string, height, offset, from, to int) ([]string, int) {
	if height < 1 {
		return nil, 0
	}
	offset = min(offset, from)
	if to > offset+height {
		offset = min(to-height, from)
	}
	offset = max(0, min(offset, len(lines)-height))
	return lines[offset:min(offset+height, len(lines))], offset
}
