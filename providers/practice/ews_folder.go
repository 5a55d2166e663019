package practice

import "strings"

// ewsFolder is a mail folder
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/folder).
type ewsFolder struct {
	ID       ewsItemID  `xml:"t:FolderId"`
	Parent   *ewsItemID `xml:"t:ParentFolderId,omitempty"`
	Class    string     `xml:"t:FolderClass,omitempty"`
	Name     string     `xml:"t:DisplayName,omitempty"`
	Messages *int       `xml:"t:TotalCount,omitempty"`
	Children *int       `xml:"t:ChildFolderCount,omitempty"`
	Unread   *int       `xml:"t:UnreadCount,omitempty"`
}

type ewsItemID struct {
	ID     string `xml:"Id,attr"`
	Change string `xml:"ChangeKey,attr"`
}

func newEWSID(id string) ewsItemID { return ewsItemID{id, "AQAAAA=="} }

// getFolder answers for each folder by itself, as EWS does.
func (t *Tenant) getFolder(account ewsAccount, asked ewsGetFolder) ewsResponse {
	var list []ewsMessage
	for _, id := range asked.Folders.IDs {
		message := ewsSuccess()
		bad := t.ewsOpen(account, id, func(_ *insider, address string, shelves []shelf, folder shelf) error {
			message.Folders = &[]ewsFolder{folder.ews(address, shelves, asked.Shape)}
			return nil
		})
		if bad != nil {
			message = *bad
		}
		list = append(list, message)
	}
	return ewsAnswer("GetFolder", list)
}

// ewsOpen finds a folder, in the account's own mailbox or in one that gives it FullAccess, and hands
// it over with its mailbox.
func (t *Tenant) ewsOpen(account ewsAccount, id ewsFolderID, use func(*insider, string, []shelf, shelf) error) *ewsMessage {
	notFound := ewsError("ErrorItemNotFound", "The specified object was not found in the store., The process failed to get the correct properties.")
	address := account.address
	if id.Mailbox != nil {
		address = strings.TrimSpace(*id.Mailbox)
	}
	if bad := t.ewsReach(account, address); bad != nil {
		return bad
	}
	reader, err := t.inside(t.exchangeHouse(), address)
	if err != nil {
		return &notFound
	}
	defer reader.close()
	shelves, err := reader.shelves()
	if err != nil {
		return &notFound
	}
	folder, found := ewsShelf(shelves, address, id)
	if !found || use(reader, address, shelves, folder) != nil {
		return &notFound
	}
	return nil
}

// ewsReach says why another mailbox than the account's own is out of reach.
func (t *Tenant) ewsReach(account ewsAccount, address string) *ewsMessage {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	box := t.state.mailbox(address)
	var bad ewsMessage
	switch {
	case box == nil || !box.licensed:
		bad = ewsError("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
	case !strings.EqualFold(address, account.address) && !has(box.fullAccess, account.person):
		bad = ewsError("ErrorItemNotFound", "The specified object was not found in the store., The process failed to get the correct properties.")
	default:
		return nil
	}
	return &bad
}

// ewsShelf finds a folder by what stands for it in every mailbox, or by its ID.
func ewsShelf(list []shelf, address string, id ewsFolderID) (shelf, bool) {
	if id.XMLName.Local == "DistinguishedFolderId" && (strings.EqualFold(id.ID, "msgfolderroot") || strings.EqualFold(id.ID, "root")) {
		return shelf{name: "", validity: 0}, true
	}
	name := wellKnownFolders()[strings.ToLower(id.ID)]
	for _, folder := range list {
		if id.XMLName.Local == "DistinguishedFolderId" && folder.name == name || id.XMLName.Local == "FolderId" && folder.id(address) == id.ID {
			return folder, true
		}
	}
	return shelf{}, false
}

// ews is the folder with the properties of a shape; anything but IdOnly gives all that there are.
func (s shelf) ews(address string, all []shelf, shape ewsShape) ewsFolder {
	graph := s.graph(address, all)
	folder := ewsFolder{ID: newEWSID(s.ewsID(address))}
	if shape.idOnly() {
		return folder
	}
	parent := newEWSID(graph["parentFolderId"].(string))
	folder.Parent, folder.Class, folder.Name = &parent, "IPF.Note", s.title()
	folder.Messages, folder.Unread, folder.Children = new(s.messages), new(s.unread), new(graph["childFolderCount"].(int))
	return folder
}

// ewsID is the folder's ID, also of the root that all others lie in.
func (s shelf) ewsID(address string) string {
	if s.name == "" {
		return rootID(address)
	}
	return s.id(address)
}
