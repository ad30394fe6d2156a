using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Networks;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Generator.Tests.Planning;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>The compiler's table of operations against the seam, parameter by parameter.</summary>
public sealed class OperationTableTests
{
    // What is no operation of a program: memory and what the runtime asks outside of steps.
    private static readonly HashSet<string> Services = ["get_UsesHostMemory", "Allocate", "AllocateInts", "Free", "Write", "Read", "AllFinite"];

    [Fact]
    public void Table_is_the_interface()
    {
        string[] seam = [.. typeof(IBackend).GetMethods().Where(method => !Services.Contains(method.Name)).Select(Describe).Order(StringComparer.Ordinal)];
        string[] table = [.. Operations.All.Where(one => !one.IsProgram).Select(Describe).Order(StringComparer.Ordinal)];
        Assert.Equal(seam, table);
    }

    [Fact]
    public void Names_are_unique() => Assert.Equal(Operations.All.Count, Operations.All.Select(one => one.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Every_operation_writes_something() =>
        Assert.All(Operations.All.Where(one => !one.IsProgram), one => Assert.Contains(one.Slots, parameter => (parameter.Role & Role.Writes) != 0));

    [Fact]
    public void Memory_has_a_role_and_nothing_else_has() => Assert.All(Operations.All, one => Assert.All(one.Slots, parameter =>
        Assert.Equal(parameter.Kind is SlotKind.Floats or SlotKind.Ints or SlotKind.View, parameter.Role != Role.None)));

    [Fact]
    public void What_only_the_backend_understands_has_a_size() => Assert.All(
        Operations.All.SelectMany(one => one.Slots).Where(slot => slot.Name is "prepared" or "preparedBackward" or "indices"),
        slot => Assert.NotNull(slot.Floats));

    [Fact]
    public void Schedules_call_what_the_runtime_has()
    {
        foreach (Networks.Planning.Schedule schedule in new ModelKind().Constructs.All.OfType<Networks.Planning.Schedule>())
        {
            Network network = Reading.Network($"[Input(2), Linear(2), CrossEntropy, Adam, {Written(schedule.Name)}]");
            ScheduleCall call = Planner.Plan(network).Schedule!;
            MethodInfo method = typeof(Dsl.Runtime.Schedule).GetMethod(call.Function) ?? throw new InvalidOperationException(call.Function);
            string[] wanted = [.. method.GetParameters().Select(parameter => parameter.Name!)];
            string[] given = [.. call.Arguments.Select((argument, i) => argument.Value switch
            {
                ScheduleValue.BaseRate => wanted[i] == "maxRate" ? "maxRate" : "rate",
                ScheduleValue.Step => "step",
                ScheduleValue.TotalSteps => "totalSteps",
                ScheduleValue.StepsPerEpoch => "stepsPerEpoch",
                _ => wanted[i],
            })];
            Assert.Equal(wanted, given);
            Assert.Equal(
                method.GetParameters().Select(parameter => parameter.ParameterType == typeof(double)),
                call.Arguments.Select(argument => argument.Value is ScheduleValue.BaseRate or ScheduleValue.Real));
        }
    }

    private static string Written(string schedule) => schedule switch
    {
        "StepDecay" => "StepDecay(2, 0.5)",
        "WarmupLinear" => "WarmupLinear(3)",
        "OneCycle" => "OneCycle(0.1)",
        _ => schedule,
    };

    private static string Describe(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{Describe(parameter.ParameterType)} {parameter.Name}"))})";

    private static string Describe(Type type)
    {
        Type plain = type.IsByRef ? type.GetElementType()! : type;
        return plain == typeof(FloatBuffer) ? "Floats"
            : plain == typeof(IntBuffer) ? "Ints"
            : plain == typeof(TensorView) ? "View"
            : plain == typeof(float) ? "Float"
            : plain == typeof(int) ? "Int"
            : plain == typeof(long) ? "Long"
            : plain == typeof(bool) ? "Bool"
            : plain.Name;
    }

    private static string Describe(Signature signature) =>
        $"{signature.Name}({string.Join(", ", signature.Slots.Select(parameter => $"{Describe(parameter)} {parameter.Name}"))})";

    // The run adds seed and step to what the compiler knows of a dropout's key.
    private static string Describe(Slot parameter) => parameter.Kind != SlotKind.Constant ? parameter.Kind.ToString().Replace("Count", "", StringComparison.Ordinal)
        : parameter.Type == typeof(DropoutLayerKey) ? nameof(DropoutKey)
        : parameter.Type == typeof(RowLayerOf) ? nameof(RowLayer)
        : parameter.Type!.Name;
}
