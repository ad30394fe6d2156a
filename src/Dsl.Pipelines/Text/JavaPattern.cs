using System.Text;

namespace Dsl.Pipelines.Text;

/// <summary>A regular expression of .NET whose classes of white space, words and digits are ASCII's, as Java's are.</summary>
internal static class JavaPattern
{
    /// <summary>Writes <c>\s</c>, <c>\w</c>, <c>\d</c> and what they exclude as the characters that they are.</summary>
    public static string WithAsciiClasses(string pattern)
    {
        StringBuilder written = new(pattern.Length);
        int depth = 0;
        for (int at = 0; at < pattern.Length; at++)
        {
            char unit = pattern[at];
            if (unit == '\\' && at + 1 < pattern.Length)
            {
                unit = pattern[++at];
                string? members = Members(unit);
                if (members is null)
                    written.Append('\\').Append(unit);
                else
                    written.Append(depth == 0 ? $"[{members}]" : members);
                continue;
            }

            written.Append(unit);
            if (unit == '[' && (depth == 0 || pattern[at - 1] == '-'))
            {
                // A class may begin with a bracket that is one of its characters; a class within one is what it lacks: [a-z-[aeiou]].
                depth++;
                if (at + 1 < pattern.Length && pattern[at + 1] == '^')
                    written.Append(pattern[++at]);
                if (at + 1 < pattern.Length && pattern[at + 1] == ']')
                    written.Append(pattern[++at]);
            }
            else if (unit == ']' && depth > 0)
            {
                depth--;
            }
        }

        return written.ToString();
    }

    private static string? Members(char letter) => letter switch
    {
        's' => @"\x09-\x0D\x20",
        'S' => @"\x00-\x08\x0E-\x1F\x21-\uFFFF",
        'd' => "0-9",
        'D' => @"\x00-\x2F\x3A-\uFFFF",
        'w' => "a-zA-Z_0-9",
        'W' => @"\x00-\x2F\x3A-\x40\x5B-\x5E\x60\x7B-\uFFFF",
        _ => null,
    };
}
