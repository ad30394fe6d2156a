using System.Collections.Generic;

namespace Dsl.Generator.Planning;

/// <summary>One straight run of operations with its memory plan: inference, a part of it, or a training step.</summary>
internal sealed class Pass
{
    /// <summary>Operations in stages; a stage becomes one method or several.</summary>
    public List<(string Name, List<Operation> Operations)> Stages { get; } = [];

    /// <summary>Floats of the arena that do not depend on the batch.</summary>
    public long FixedFloats { get; private set; }

    /// <summary>Floats of the arena for each sample.</summary>
    public long SampleFloats { get; private set; }

    /// <summary>Places what the stages use.</summary>
    public void PlaceStorages(IReadOnlyList<Storage> storages)
    {
        int index = 0;
        foreach ((_, List<Operation> operations) in Stages)
        {
            foreach (Operation operation in operations)
            {
                foreach (Operand operand in operation.Operands)
                {
                    if (operand.Storage is { Home: Home.Samples or Home.Fixed } storage)
                        storage.Touch(index);
                }

                index++;
            }
        }

        FixedFloats = MemoryPlan.Place(storages, Home.Fixed);
        SampleFloats = MemoryPlan.Place(storages, Home.Samples);
    }
}
