package tui

// shape is how much a terminal has room for.
type shape int

// The shapes. In a tiny one nothing is drawn but a request for more room.
const (
	tiny        shape = iota
	oneColumn         // no room beside anything
	comfortable       // the road at the left, explanations beside the fields
	wide              // details and meanings beside the lists too
)

const (
	leastWidth, leastHeight = 40, 10
	// flat is the height below which the free lines of the frame are given to the screen.
	flat      = 18
	roadWidth = 16
	widest    = 112 // of a screen's own part: longer lines are hard to read
	margin    = 1
	gutter    = 3
)

func shapeOf(width, height int) shape {
	switch {
	case width < leastWidth || height < leastHeight:
		return tiny
	case width >= 120:
		return wide
	case width >= 100:
		return comfortable
	}
	return oneColumn
}

// beside divides the area between a page and its explanation. Where they stand one below the
// other both have the whole width.
func (a area) beside(from shape) (page, aside int, apart bool) {
	if a.Shape < from {
		return a.Width, a.Width, false
	}
	page = max((a.Width-gutter)*62/100, min(2+labelWidth+guidWidth+2, a.Width-gutter-30))
	return page, a.Width - gutter - page, true
}
