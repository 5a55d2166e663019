package diagnosis

import "slices"

// finding is a cause with how far the evidence carries, before it is put into words.
type finding struct {
	cause     Cause
	certainty Certainty
	exact     bool   // one program's own sentence says so
	decides   bool   // known, whatever else the text is like
	face      *Entry // another sentence and other fixes than the catalogue's; may be nil
}

// certain is for a text or claim that decides alone.
func certain(cause Cause) []finding { return []finding{{cause: cause, certainty: Certain}} }

// likely ranks causes that the evidence cannot tell apart for certain.
func likely(causes ...Cause) []finding {
	findings := possible(causes...)
	if len(findings) > 0 {
		findings[0].certainty = Likely
	}
	return findings
}

// possible lists causes of which the evidence favours none.
func possible(causes ...Cause) []finding {
	findings := make([]finding, 0, len(causes))
	for i, cause := range causes {
		if slices.Contains(causes[:i], cause) {
			continue
		}
		findings = append(findings, finding{cause: cause, certainty: Possible})
	}
	return findings
}

// showing gives the first finding another face.
func showing(face *Entry, findings []finding) []finding {
	findings[0].face = face
	return findings
}

// diagnosis puts the finding into words.
func (f finding) diagnosis(v values) Diagnosis {
	entry := f.face
	if entry == nil {
		entry = lookup(f.cause)
	}
	d := Diagnosis{
		Cause: f.cause, Certainty: f.certainty, Layer: entry.Layer, Owner: entry.Owner,
		Summary: v.sentence(entry.Summary),
		Fixes:   make([]Fix, 0, len(entry.Fixes)),
	}
	if f.certainty != Certain {
		d.Decides = v.sentence(entry.Decides)
	}
	for _, fix := range entry.Fixes {
		d.Fixes = append(d.Fixes, Fix{
			Text:    v.sentence(fix.Text),
			Command: v.command(fix.Command),
			URL:     page(fix.URL, v.evidence.ClientID),
		})
	}
	return d
}
