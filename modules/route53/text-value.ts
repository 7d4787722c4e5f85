/** Longest string of a TXT record, in bytes: RFC 1035, 3.3. A value may have several, which its reader joins. */
const STRING_BYTES = 255;

/**
 * A text as the provider takes it for TXT and SPF records: quotes, backslashes and bytes that are not printable ASCII escaped as Route 53 wants
 * them, and split into strings of 255 bytes. The outermost quotes are the provider's.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat
 */
export function textValue(text: string): string {
  const bytes = [...Buffer.from(text, "utf8")];
  const strings: string[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += STRING_BYTES)
    strings.push(
      bytes
        .slice(start, start + STRING_BYTES)
        .map(escapedByte)
        .join(""),
    );
  // A dollar or per cent sign before a brace would begin an expression of Terraform's.
  return strings.join('""').replace(/([$%])\{/g, "$1$1{");
}

/** A string in double quotes, as CAA, NAPTR and service parameters have it. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function escapedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '"' || character === "\\") return `\\${character}`;
  return byte >= 0x20 && byte <= 0x7e ? character : `\\${byte.toString(8).padStart(3, "0")}`;
}
