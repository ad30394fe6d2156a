using System.Collections.Generic;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Planning;

/// <summary>A run of operations that becomes one method or several.</summary>
/// <param name="name">The method's name; empty where the pass is one method of its own.</param>
/// <param name="operations">What it does.</param>
internal sealed class Stage(string name, List<Operation> operations)
{
    public string Name { get; } = name;

    public List<Operation> Operations { get; } = operations;
}

/// <summary>One straight run of operations with its memory plan: inference, a part of it, or a training step.</summary>
internal sealed class Pass
{
    /// <summary>Gives every storage its place.</summary>
    /// <param name="stages">What it does, in order.</param>
    /// <param name="storages">What it needs of the arena; placed here.</param>
    public Pass(IReadOnlyList<Stage> stages, IReadOnlyList<Storage> storages)
    {
        Stages = stages;
        Storages = storages;
        int index = 0;
        foreach (Stage stage in stages)
        {
            foreach (Operation operation in stage.Operations)
            {
                for (int i = 0; i < operation.Operands.Length; i++)
                {
                    if (operation.Operands[i].Storage is { Home: Home.Samples or Home.Fixed } storage)
                        storage.Touch(index);
                }

                index++;
            }
        }

        FixedFloatsWithInputs = MemoryPlan.Place(storages, Home.Fixed, ElementType.Float32, out long fixedFloats);
        SampleFloatsWithInputs = MemoryPlan.Place(storages, Home.Samples, ElementType.Float32, out long sampleFloats);
        FixedFloats = fixedFloats;
        SampleFloats = sampleFloats;
        FixedInts = MemoryPlan.Place(storages, Home.Fixed, ElementType.Int32);
        SampleInts = MemoryPlan.Place(storages, Home.Samples, ElementType.Int32);
    }

    /// <summary>Operations in stages.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>The operations of all stages in order.</summary>
    public IEnumerable<Operation> Operations
    {
        get
        {
            foreach (Stage stage in Stages)
            {
                foreach (Operation operation in stage.Operations)
                    yield return operation;
            }
        }
    }

    /// <summary>The arena's storages.</summary>
    public IReadOnlyList<Storage> Storages { get; }

    /// <summary>Floats of the arena that do not depend on the batch.</summary>
    public long FixedFloats { get; }

    /// <summary>Floats of the arena for each sample.</summary>
    public long SampleFloats { get; }

    /// <summary>Floats of the arena that do not depend on the batch, where gradients at the inputs are asked for.</summary>
    public long FixedFloatsWithInputs { get; }

    /// <summary>Floats of the arena for each sample, where gradients at the inputs are asked for.</summary>
    public long SampleFloatsWithInputs { get; }

    /// <summary>Int32 of the arena that do not depend on the batch.</summary>
    public long FixedInts { get; }

    /// <summary>Int32 of the arena for each sample.</summary>
    public long SampleInts { get; }
}
