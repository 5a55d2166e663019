package practice

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// graphQuery are the OData options of a call that lists something
// (https://learn.microsoft.com/graph/query-parameters).
type graphQuery struct {
	top, skip int
	filter    graphFilter
	oldest    bool // in the order of receivedDateTime, where messages are listed
	count     bool
}

// graphFilter is one comparison, the only filter that is understood. Its zero value lets all pass.
type graphFilter struct{ field, value string }

const (
	graphPage    = 10
	maxGraphPage = 1000
)

// parseGraphQuery refuses what is not understood, as Graph does: an option passed over would answer
// another question.
func parseGraphQuery(call graphCall) (graphQuery, *graphRefusal) {
	query := graphQuery{top: graphPage}
	for _, name := range slices.Sorted(maps.Keys(call.query)) {
		value, refused := call.query.Get(name), (*graphRefusal)(nil)
		switch strings.ToLower(name) {
		case "$top":
			query.top, refused = graphNumber(name, value, 1, maxGraphPage)
		case "$skip":
			query.skip, refused = graphNumber(name, value, 0, 1<<30)
		case "$filter":
			query.filter, refused = parseGraphFilter(value)
		case "$orderby":
			query.oldest = strings.EqualFold(strings.TrimSpace(value), "receivedDateTime asc") || strings.EqualFold(strings.TrimSpace(value), "receivedDateTime")
			if !query.oldest && !strings.EqualFold(strings.TrimSpace(value), "receivedDateTime desc") {
				refused = graphBadRequest("The query parameter '$orderby' takes receivedDateTime only.")
			}
		case "$count":
			query.count = strings.EqualFold(value, "true")
		case "$select", "includehiddenfolders":
		default:
			refused = graphBadRequest("The query parameter '" + name + "' is not supported.")
		}
		if refused != nil {
			return graphQuery{}, refused
		}
	}
	return query, nil
}

func graphNumber(name, text string, least, most int) (int, *graphRefusal) {
	number, err := strconv.Atoi(text)
	if err != nil || number < least || number > most {
		return 0, graphBadRequest("Invalid value '" + text + "' for " + name + " query option found.")
	}
	return number, nil
}

func parseGraphFilter(text string) (graphFilter, *graphRefusal) {
	field, value, found := strings.Cut(strings.TrimSpace(text), " eq ")
	value = strings.TrimSpace(value)
	if quoted, open := strings.CutPrefix(value, "'"); open {
		closed := false
		value, closed = strings.CutSuffix(quoted, "'")
		found = found && closed
	}
	field = strings.TrimSpace(field)
	if !found || !has([]string{"isRead", "internetMessageId", "subject", "displayName"}, field) {
		return graphFilter{}, &graphRefusal{status: 400, code: "ErrorInvalidUrlQueryFilter", message: "The query filter contains one or more invalid nodes."}
	}
	return graphFilter{strings.ToLower(field), strings.ReplaceAll(value, "''", "'")}, nil
}

// passes compares without case, as Exchange does.
func (f graphFilter) passes(entry map[string]any) bool {
	for name, value := range entry {
		if f.field != strings.ToLower(name) {
			continue
		}
		if flag, is := value.(bool); is {
			return strings.EqualFold(f.value, strconv.FormatBool(flag))
		}
		text, _ := value.(string)
		return strings.EqualFold(f.value, text)
	}
	return f.field == ""
}

// page is the part of a list that a call asked for, with the address of the next.
func (q graphQuery) page(entries []map[string]any, call graphCall, context string) map[string]any {
	entries = slices.DeleteFunc(entries, func(entry map[string]any) bool { return !q.filter.passes(entry) })
	answer := map[string]any{"@odata.context": graphContext(context)}
	if q.count {
		answer["@odata.count"] = len(entries)
	}
	from := min(q.skip, len(entries))
	until := min(from+q.top, len(entries))
	if until < len(entries) {
		next := maps.Clone(call.query)
		next.Set("$skip", strconv.Itoa(until))
		answer["@odata.nextLink"] = call.base + "?" + next.Encode()
	}
	list := []map[string]any{}
	for _, entry := range entries[from:until] {
		list = append(list, pick(entry, call))
	}
	answer["value"] = list
	return answer
}

// selected is one entry alone, with the properties that a call asked for.
func selected(entry map[string]any, call graphCall, context string) map[string]any {
	chosen := pick(entry, call)
	chosen["@odata.context"] = graphContext(context)
	return chosen
}

// pick keeps the properties that $select names, and the id, which Graph always gives.
func pick(entry map[string]any, call graphCall) map[string]any {
	wanted := call.query.Get("$select")
	if wanted == "" {
		return maps.Clone(entry)
	}
	names := append(strings.Split(strings.ReplaceAll(wanted, " ", ""), ","), "id")
	chosen := map[string]any{}
	for name, value := range entry {
		if has(names, name) {
			chosen[name] = value
		}
	}
	return chosen
}

func graphContext(of string) string { return graphAudience + "/v1.0/$metadata#" + of }
