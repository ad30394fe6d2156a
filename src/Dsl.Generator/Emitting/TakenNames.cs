using Dsl.Generator.Checking;

namespace Dsl.Generator.Emitting;

/// <summary>Where the user has a member of a name that is ours (DSL110), the stub of ours stays away: the user sees that one error only.</summary>
internal static class TakenNames
{
    /// <summary>Whether the class has a member of the signature's name already.</summary>
    public static bool Has(Network network, string signature)
    {
        if (!network.HasErrors || network.Declaration.Members.Count == 0)
            return false;
        int end = signature.IndexOf('(');
        string head = end < 0 ? signature : signature.Substring(0, end);
        string name = head.Substring(head.LastIndexOf(' ') + 1);
        int generic = name.IndexOf('<');
        if (generic >= 0)
            name = name.Substring(0, generic);
        name = name.TrimStart('@');
        return network.Declaration.Members.IndexOf(name == network.Declaration.Name ? ".ctor" : name) >= 0;
    }
}
