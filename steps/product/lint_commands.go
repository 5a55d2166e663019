package product

import (
	"slices"
	"strings"
)

// command checks a PowerShell line: its placeholders exist, an address stands in quotation marks,
// and every quotation ends.
func (l *linter) command(at place, line string, repeated bool) {
	for _, name := range mentions(line) {
		switch {
		case !slices.Contains([]string{"client_id", "object_id", "tenant_id", "outbound", "mailbox"}, name):
			l.add(ruleReferences, at, "use client_id, object_id, tenant_id, outbound or mailbox", "a command has the placeholder %s, which nothing fills", name)
		case name == "mailbox" && !repeated:
			l.add(ruleReferences, at, "add for_each", "a command has the placeholder mailbox but is not repeated")
		}
	}
	filled := powershell(line, map[string]string{"mailbox": "a@b.example", "outbound": "a@b.example", "tenant_id": "b.example"})
	for _, name := range []string{"mailbox", "outbound", "tenant_id"} {
		if strings.Contains(filled, "<"+name+">") {
			l.add(ruleReferences, at, "put it in quotation marks", "the placeholder %s stands bare", name)
		}
	}
	if strings.Count(line, `"`)%2 != 0 || strings.Count(line, "'")%2 != 0 {
		l.add(ruleReferences, at, "close it", "a quotation does not end")
	}
}
