/** An FB2 book in Arabic: as many numbered words as asked for, `كلمة0 كلمة1 …`, in one chapter. */
export function arabicBook(words: number): { name: string; content: string } {
  const text = Array.from({ length: words }, (_, index) => `كلمة${index}`).join(" ");
  const content = `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0">
<description><title-info><genre>prose</genre>
<author><first-name>اسم</first-name><last-name>الكاتب</last-name></author>
<book-title>كتاب الكلمات</book-title><lang>ar</lang></title-info>
<document-info><author><nickname>e2e</nickname></author><date>2026</date><id>${words}-${Date.now()}</id><version>1</version></document-info>
</description>
<body><section><p>${text}</p></section></body>
</FictionBook>`;
  return { name: "كتاب.fb2", content };
}
