using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Budgets;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Layers;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Checking;

/// <summary>What a loss, an optimizer, a schedule and a budget want of each other and of the network (DSL112, 113, 301-305).</summary>
internal sealed class TrainingRules
{
    private readonly Declaration declaration;
    private readonly List<Finding> findings;
    private Network network;
    private int loss = -1;
    private int optimizer = -1;
    private int schedule = -1;
    private int budget = -1;

    private TrainingRules(Network network, List<Finding> findings)
    {
        this.network = network;
        this.findings = findings;
        declaration = network.Declaration;
    }

    /// <summary>Adds the training attributes to the network and reports what is wrong with them.</summary>
    public static Network Check(Network network, List<Finding> findings)
    {
        TrainingRules rules = new(network, findings);
        rules.Collect();
        if (!rules.declaration.IsBlock)
        {
            rules.CheckCompany();
            rules.CheckLoss();
            rules.CheckLearning();
            rules.CheckBudget();
        }

        return rules.network;
    }

    private void Collect()
    {
        for (int i = 0; i < declaration.Entries.Count; i++)
        {
            Entry entry = declaration.Entries[i];
            switch (entry.Construct)
            {
                case Loss:
                    Keep(i, ref loss, "loss");
                    break;
                case Optimizer:
                    Keep(i, ref optimizer, "optimizer");
                    break;
                case Schedule:
                    Keep(i, ref schedule, "schedule");
                    break;
                case BudgetConstruct:
                    Keep(i, ref budget, "budget");
                    break;
                case MarkerConstruct when declaration.IsBlock:
                    findings.Add(new(Descriptors.Surplus, Place.Attribute(i), $"A block cannot have {entry.Construct.Name}"));
                    continue;
                default:
                    continue;
            }

            if (entry.IsBroken)
                continue;
            Site site = new(entry, i, entry.Construct.Name);
            entry.Construct.CheckArguments(site);
            if (site.Finding is not null)
                findings.Add(site.Finding);
        }

        network = network with { Loss = At(loss), Optimizer = At(optimizer), Schedule = At(schedule), Budget = At(budget) };
    }

    private Entry? At(int index) => index < 0 ? null : declaration.Entries[index];

    private void Keep(int i, ref int kept, string kind)
    {
        if (declaration.IsBlock)
            findings.Add(new(Descriptors.Surplus, Place.Attribute(i), $"A block cannot have {(kind == "optimizer" ? "an" : "a")} {kind}"));
        else if (kept >= 0)
            findings.Add(new(Descriptors.Surplus, Place.Attribute(i), $"{declaration.Name} has a second {kind}, beside {declaration.Entries[kept].Construct.Name}"));
        else
            kept = i;
    }

    private void CheckCompany()
    {
        if (declaration.HasUnknownAttribute)
            return;
        if (optimizer >= 0 && loss < 0)
            findings.Add(new(Descriptors.NothingToOptimize, Place.Attribute(optimizer), $"{NameAt(optimizer)} needs a loss to minimise"));
        if (schedule >= 0 && (loss < 0 || optimizer < 0))
            findings.Add(new(Descriptors.NothingToOptimize, Place.Attribute(schedule), $"{NameAt(schedule)} needs {(optimizer < 0 ? "an optimizer" : "a loss")}"));
    }

    private string NameAt(int index) => declaration.Entries[index].Construct.Name;

    private void CheckLoss()
    {
        if (loss < 0 || !network.OutputShape.IsKnown || declaration.Entries[loss].Construct is not Loss rule)
            return;
        Node last = network.Nodes[network.Main];
        if (!declaration.Entries[loss].IsBroken && rule.Refuses(network) is { } flaw)
        {
            string trace = new Trace(network.Nodes, network.Main).ToString();
            findings.Add(new(Descriptors.LossDoesNotFit, Place.Attribute(loss), $"{rule.Name} {flaw}, but the output is {network.OutputShape}{trace}"));
        }

        if (rule.Applies(last.Layer.Name))
            findings.Add(new(Descriptors.ActivationTwice, Place.Attribute(last.Ordinal), $"{rule.Name} applies {last.Layer.Name} itself, so {last.Path} is one too many"));
        if (last.Layer.EndsUntrained)
            findings.Add(new(Descriptors.EndsUntrained, Place.Attribute(last.Ordinal), $"{last.Path} is the last layer before {rule.Name}, whose input it disturbs"));
    }

    private void CheckLearning()
    {
        if (optimizer >= 0 && network.OutputShape.IsKnown && network.Nodes.All(node => node.Shape.IsKnown && !node.Learns))
            findings.Add(new(Descriptors.NothingToTrain, Place.Attribute(optimizer), $"{NameAt(optimizer)} has nothing to train: {declaration.Name} has no parameters that are not frozen"));
    }

    private void CheckBudget()
    {
        if (At(budget) is not { IsBroken: false } written || network.Nodes.Any(node => !node.Shape.IsKnown))
            return;
        BudgetOptions bound = written.Options<BudgetOptions>();
        double operations = network.Operations / 1e6;
        double activations = (double)network.Activations * bound.Batch;
        double megabytes = 4 * (network.ParameterCount + activations) / 1e6;
        Hold("Parameters", network.ParameterCount, bound.Parameters, "parameters", node => node.ParameterCount);
        Hold("MegaFlops", operations, bound.MegaFlops, "million operations per sample", node => node.Operations / 1e6);
        Hold(
            "Megabytes",
            megabytes,
            bound.Megabytes,
            "megabytes of parameters and activations",
            node => 4 * (node.ParameterCount + ((double)node.Shape.Count * bound.Batch)) / 1e6);
    }

    private void Hold(string argument, double has, double most, string unit, System.Func<Node, double> share)
    {
        if (!(has > most))
            return;
        IEnumerable<string> largest = network.Nodes
            .OrderByDescending(share)
            .Where(node => share(node) > 0)
            .Take(3)
            .Select(node => $"{node.Path} {Number(share(node))}");
        findings.Add(new(
            Descriptors.OverBudget,
            Place.Argument(budget, argument),
            $"{declaration.Name} has {Number(has)} {unit}, more than its budget of {Number(most)}; the largest: {string.Join(", ", largest)}"));
    }

    private static string Number(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
