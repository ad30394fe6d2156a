using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Tokens</c> declares.</summary>
internal sealed record TokensOptions(int Length, int Vocabulary, int Padding);

/// <summary>Int32 ids, with a padding id of samples of unequal length.</summary>
internal sealed class TokensLayer : SourceLayer
{
    public override string Name => "Tokens";

    public override ElementType Gives => ElementType.Int32;

    public override object ReadOptions(Entry entry)
    {
        TokensAttribute written = entry.Attribute<TokensAttribute>();
        return new TokensOptions(written.Length, written.Vocabulary, written.Padding);
    }

    public override void CheckArguments(Site site)
    {
        TokensOptions options = site.Entry.Options<TokensOptions>();
        site.AtLeast("length", 1);
        site.AtLeast("Vocabulary", 1);
        if (!site.Entry.Has("Vocabulary"))
            site.FailHere(Descriptors.OutOfRange, "needs Vocabulary, the number of ids");
        else if (options.Padding < -1 || options.Padding >= options.Vocabulary)
            site.Fail(Descriptors.OutOfRange, "Padding", $"needs Padding from 0 to {options.Vocabulary - 1}, or -1 for none, but has {options.Padding}");
    }

    public override Shape OutputOf(LayerSite site) => Sized(site, site.Entry.Options<TokensOptions>().Length);

    public override IdRange Ids(Entry entry) => new(entry.Options<TokensOptions>().Vocabulary, entry.Options<TokensOptions>().Padding);

    public override Storage? LengthsOf(Lowering lowering, Node node, Tensor value)
    {
        if (node.Ids.Padding < 0)
            return null;
        Storage lengths = lowering.NewInts(value.Name + "Lengths", 1);
        lowering.Call(Operations.SequenceLengths, Operand.Buffer(value), node.Ids.Padding, Operand.Buffer(lengths), node.Shape[0], Operand.Batch);
        return lengths;
    }
}
